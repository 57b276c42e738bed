// Work that is done when it is first asked for, and once.

/** A function that runs another one when it is called first, and gives what came of that from then on. */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
