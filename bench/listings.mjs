// Random code in the languages that posts about numbers have most of.

const names =
  'loss batch model weights grad step data labels epoch total score rate hidden count result index value'.split(
    ' ',
  );

/** `[how often, language as after the fence, code of about 450 characters]`. */
const languages = [
  [46, 'python', python],
  [14, 'bash', bash],
  [12, 'r', r],
  [9, 'javascript', javascript],
  [8, 'cpp', cpp],
  [6, 'json', json],
  [3, 'sql', sql],
  [2, 'text', (random) => Array.from({ length: 5 }, () => `${name(random)}: ${number(random)}`)],
];

/** A fenced block of code. */
export function listing(random) {
  const [language, lines] = random.weighted(languages.map(([weight, ...rest]) => [weight, rest]));
  return `\`\`\`${language}\n${lines(random).join('\n')}\n\`\`\``;
}

const name = (random) => random.pick(names);
const number = (random) => (random.chance(0.5) ? `${random.between(0, 512)}` : random.next().toFixed(3));
const times = (random, low, high, line) => Array.from({ length: random.between(low, high) }, () => line());

function python(random) {
  const body = () =>
    random
      .pick([
        `    ${name(random)} = np.dot(${name(random)}, ${name(random)}.T) / ${number(random)}`,
        `    for ${name(random)} in range(${number(random)}):  # the ${name(random)} of each ${name(random)}`,
        `    ${name(random)} = torch.zeros(${random.between(1, 64)}, ${random.between(1, 64)}, requires_grad=True)`,
        `    print(f"${name(random)}: {${name(random)}:.3f}, ${name(random)} = ${number(random)}")`,
        `    ${name(random)}["${name(random)}"] = [x ** 2 for x in ${name(random)} if x > ${number(random)}]`,
      ])
      .replace(/(for .*)$/, '$1\n        pass');
  return [
    ...(random.chance(0.5) ? ['import numpy as np', 'import torch', ''] : []),
    `def ${name(random)}_${name(random)}(${name(random)}, ${name(random)}=${number(random)}):`,
    `    """Returns the ${name(random)} of a ${name(random)}."""`,
    ...times(random, 3, 9, body),
    `    return ${name(random)}`,
  ];
}

function bash(random) {
  const line = () =>
    random.pick([
      `pip install --upgrade ${name(random)}-${name(random)}`,
      `export ${name(random).toUpperCase()}=${number(random)}`,
      `python train.py --${name(random)} ${number(random)} --out "$HOME/${name(random)}"`,
      `for file in *.csv; do gzip -9 "$file" && echo "${name(random)}: $file"; done`,
      `grep -c '${name(random)}' ${name(random)}.log | sort -n | tail -${random.between(1, 20)}`,
    ]);
  return times(random, 3, 9, line);
}

function r(random) {
  const line = () =>
    random.pick([
      `${name(random)} <- rnorm(${number(random)}, mean = ${number(random)}, sd = 1)`,
      `fit <- lm(${name(random)} ~ ${name(random)} + ${name(random)}, data = frame)`,
      `ggplot(frame, aes(x = ${name(random)}, y = ${name(random)})) + geom_point(alpha = ${number(random)})`,
      `${name(random)} <- sapply(${name(random)}, function(x) x^2 / sum(x)) # ${name(random)}`,
      `print(paste("${name(random)}", round(${name(random)}, 3)))`,
    ]);
  return ['library(ggplot2)', 'set.seed(1)', ...times(random, 4, 11, line)];
}

function javascript(random) {
  const line = () =>
    random.pick([
      `  const ${name(random)} = await fetch(\`/api/${name(random)}/\${${name(random)}}\`);`,
      `  if (${name(random)} > ${number(random)}) return ${name(random)}.map((x) => x * ${number(random)});`,
      `  console.log('${name(random)}', ${name(random)}?.${name(random)} ?? null); // ${name(random)}`,
      `  let ${name(random)} = new Map(Object.entries({ ${name(random)}: ${number(random)} }));`,
    ]);
  return [
    `export async function ${name(random)}(${name(random)}, ${name(random)}) {`,
    ...times(random, 3, 8, line),
    '}',
  ];
}

function cpp(random) {
  const line = () =>
    random.pick([
      `  std::vector<double> ${name(random)}(${number(random)}, 0.0);`,
      `  for (size_t i = 0; i < ${name(random)}.size(); ++i) ${name(random)} += ${name(random)}[i] * ${number(random)};`,
      `  std::cout << "${name(random)}" << ${name(random)} << '\\n'; // ${name(random)}`,
      `  const auto ${name(random)} = static_cast<float>(${name(random)}) / ${number(random)}f;`,
    ]);
  return [
    '#include <vector>',
    '',
    `double ${name(random)}(const std::vector<double>& data) {`,
    ...times(random, 3, 8, line),
    '  return 0;',
    '}',
  ];
}

function json(random) {
  const line = () =>
    `  "${name(random)}_${random.between(1, 99)}": ${random.pick([number(random), `"${name(random)}"`, 'true', '[1, 2, 3]'])},`;
  return ['{', ...times(random, 4, 12, line), `  "${name(random)}": null`, '}'];
}

function sql(random) {
  return [
    `SELECT ${name(random)}, COUNT(*) AS total, AVG(${name(random)})`,
    `FROM ${name(random)} JOIN ${name(random)} USING (id)`,
    `WHERE ${name(random)} > ${number(random)} AND day >= '2020-01-0${random.between(1, 9)}'`,
    `GROUP BY ${name(random)} ORDER BY total DESC LIMIT ${random.between(1, 100)};`,
  ];
}
