// Commands that stand for a character: what it is and how it behaves in a formula. Taken from KaTeX's own tables (a
// test compares the two); `|` and `·` stand for look-alikes that text fonts lack.

/** How a symbol behaves: it decides where readable text has spaces. */
type SymbolClass = 'relation' | 'binary' | 'operator' | 'open' | 'close' | 'ordinary' | 'function';

interface MathSymbol {
  readonly text: string;
  readonly kind: SymbolClass;
}

/** Pairs of a command, without its backslash, and its character. */
const characters: Readonly<Record<Exclude<SymbolClass, 'function'>, string>> = {
  relation: `
    equiv ≡ prec ≺ succ ≻ sim ∼ perp ⊥ preceq ⪯ succeq ⪰ simeq ≃ mid | ll ≪ gg ≫ asymp ≍ parallel ∥ bowtie ⋈
    smile ⌣ sqsubseteq ⊑ sqsupseteq ⊒ doteq ≐ frown ⌢ ni ∋ propto ∝ vdash ⊢ dashv ⊣ owns ∋ longleftarrow ⟵
    Leftarrow ⇐ Longleftarrow ⟸ longrightarrow ⟶ Rightarrow ⇒ Longrightarrow ⟹ leftrightarrow ↔
    longleftrightarrow ⟷ Leftrightarrow ⇔ Longleftrightarrow ⟺ mapsto ↦ longmapsto ⟼ nearrow ↗
    hookleftarrow ↩ hookrightarrow ↪ searrow ↘ leftharpoonup ↼ rightharpoonup ⇀ swarrow ↙ leftharpoondown ↽
    rightharpoondown ⇁ nwarrow ↖ rightleftharpoons ⇌ nless ≮ lneq ⪇ lneqq ≨ lnsim ⋦ lnapprox ⪉ nprec ⊀
    npreceq ⋠ precnsim ⋨ precnapprox ⪹ nsim ≁ nmid ∤ nvdash ⊬ nvDash ⊭ ntriangleleft ⋪ ntrianglelefteq ⋬
    subsetneq ⊊ subsetneqq ⫋ ngtr ≯ gneq ⪈ gneqq ≩ gnsim ⋧ gnapprox ⪊ nsucc ⊁ nsucceq ⋡ succnsim ⋩
    succnapprox ⪺ ncong ≆ nparallel ∦ nVDash ⊯ ntriangleright ⋫ ntrianglerighteq ⋭ supsetneq ⊋ supsetneqq ⫌
    nVdash ⊮ precneqq ⪵ succneqq ⪶ nleftarrow ↚ nrightarrow ↛ nLeftarrow ⇍ nRightarrow ⇏ nleftrightarrow ↮
    nLeftrightarrow ⇎ vartriangle △ leqq ≦ leqslant ⩽ eqslantless ⪕ lesssim ≲ lessapprox ⪅ approxeq ≊ lll ⋘
    lessgtr ≶ lesseqgtr ⋚ lesseqqgtr ⪋ doteqdot ≑ risingdotseq ≓ fallingdotseq ≒ backsim ∽ backsimeq ⋍
    subseteqq ⫅ Subset ⋐ sqsubset ⊏ preccurlyeq ≼ curlyeqprec ⋞ precsim ≾ precapprox ⪷ vartriangleleft ⊲
    trianglelefteq ⊴ vDash ⊨ Vvdash ⊪ smallsmile ⌣ smallfrown ⌢ bumpeq ≏ Bumpeq ≎ geqq ≧ geqslant ⩾
    eqslantgtr ⪖ gtrsim ≳ gtrapprox ⪆ ggg ⋙ gtrless ≷ gtreqless ⋛ gtreqqless ⪌ eqcirc ≖ circeq ≗ triangleq ≜
    thicksim ∼ thickapprox ≈ supseteqq ⫆ Supset ⋑ sqsupset ⊐ succcurlyeq ≽ curlyeqsucc ⋟ succsim ≿
    succapprox ⪸ vartriangleright ⊳ trianglerighteq ⊵ Vdash ⊩ shortmid ∣ shortparallel ∥ between ≬
    pitchfork ⋔ varpropto ∝ blacktriangleleft ◀ therefore ∴ backepsilon ∍ blacktriangleright ▶ because ∵
    llless ⋘ gggtr ⋙ eqsim ≂ Join ⋈ Doteq ≑ dashrightarrow ⇢ dashleftarrow ⇠ leftleftarrows ⇇
    leftrightarrows ⇆ Lleftarrow ⇚ twoheadleftarrow ↞ leftarrowtail ↢ looparrowleft ↫ leftrightharpoons ⇋
    curvearrowleft ↶ circlearrowleft ↺ Lsh ↰ upuparrows ⇈ upharpoonleft ↿ downharpoonleft ⇃ origof ⊶
    imageof ⊷ multimap ⊸ leftrightsquigarrow ↭ rightrightarrows ⇉ rightleftarrows ⇄ twoheadrightarrow ↠
    rightarrowtail ↣ looparrowright ↬ curvearrowright ↷ circlearrowright ↻ Rsh ↱ downdownarrows ⇊
    upharpoonright ↾ downharpoonright ⇂ rightsquigarrow ⇝ leadsto ⇝ Rrightarrow ⇛ restriction ↾ approx ≈
    cong ≅ ge ≥ geq ≥ gets ← gt > in ∈ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ nsubseteq ⊈ nsupseteq ⊉
    models ⊨ leftarrow ← le ≤ leq ≤ lt < rightarrow → to → ngeq ≱ nleq ≰ uparrow ↑ Uparrow ⇑ downarrow ↓
    Downarrow ⇓ updownarrow ↕ Updownarrow ⇕ neq ≠ ne ≠ notin ∉ ordinarycolon : vcentcolon : dblcolon ∷
    coloneqq ≔ Coloneqq ∷= coloneq :− Coloneq ∷− eqqcolon ≕ Eqqcolon =∷ eqcolon ∹ Eqcolon −∷ colonapprox :≈
    Colonapprox ∷≈ colonsim :∼ Colonsim ∷∼ ratio : coloncolon ∷ colonequals ≔ coloncolonequals ∷=
    equalscolon ≕ equalscoloncolon =∷ colonminus :− coloncolonminus ∷− minuscolon ∹ minuscoloncolon −∷
    coloncolonapprox ∷≈ coloncolonsim ∷∼ simcolon ∼: simcoloncolon ∼∷ approxcolon ≈: approxcoloncolon ≈∷
    notni ∌ gvertneqq ≩ lvertneqq ≨ ngeqq ≱ ngeqslant ≱ nleqq ≰ nleqslant ≰ nshortmid ∤ nshortparallel ∦
    nsubseteqq ⊈ nsupseteqq ⊉ varsubsetneq ⊊ varsubsetneqq ⫋ varsupsetneq ⊋ varsupsetneqq ⫌ mapsfrom ↤
    darr ↓ dArr ⇓ Darr ⇓ uarr ↑ uArr ⇑ Uarr ⇑ harr ↔ hArr ⇔ Harr ⇔ isin ∈ larr ← lArr ⇐ Larr ⇐ lrarr ↔
    lrArr ⇔ Lrarr ⇔ rarr → rArr ⇒ Rarr ⇒ sub ⊂ sube ⊆ supe ⊇ iff ⟺ implies ⟹ impliedby ⟸
  `,
  binary: `
    mp ∓ ominus ⊖ uplus ⊎ sqcap ⊓ ast ∗ sqcup ⊔ bigcirc ◯ bullet • ddagger ‡ wr ≀ amalg ⨿ And & unlhd ⊴
    unrhd ⊵ lessdot ⋖ gtrdot ⋗ lhd ⊲ rhd ⊳ dotplus ∔ smallsetminus ∖ Cap ⋒ Cup ⋓ doublebarwedge ⩞ boxminus ⊟
    boxplus ⊞ divideontimes ⋇ ltimes ⋉ rtimes ⋊ leftthreetimes ⋋ rightthreetimes ⋌ curlywedge ⋏ curlyvee ⋎
    circleddash ⊝ circledast ⊛ centerdot · intercal ⊺ doublecap ⋒ doublecup ⋓ boxtimes ⊠ cdot · circ ∘ div ÷
    pm ± times × cap ∩ cup ∪ setminus ∖ land ∧ lor ∨ wedge ∧ vee ∨ barwedge ⊼ veebar ⊻ odot ⊙ oplus ⊕
    otimes ⊗ oslash ⊘ circledcirc ⊚ boxdot ⊡ bigtriangleup △ bigtriangledown ▽ dagger † diamond ⋄ star ⋆
    triangleleft ◃ triangleright ▹ minuso ⦵ plusmn ± sdot · bmod mod
  `,
  operator: `
    coprod ∐ bigvee ⋁ bigwedge ⋀ biguplus ⨄ bigcap ⋂ bigcup ⋃ int ∫ intop ∫ iint ∬ iiint ∭ prod ∏ sum ∑
    bigotimes ⨂ bigoplus ⨁ bigodot ⨀ oint ∮ oiint ∯ oiiint ∰ bigsqcup ⨆ smallint ∫
  `,
  open: `
    lmoustache ⎰ lgroup ⟮ langle ⟨ lvert | lVert ‖ lbrace { lbrack [ lparen ( lfloor ⌊ lceil ⌈ ulcorner ⌜
    llcorner ⌞ llbracket ⟦ lBrace ⦃ lang ⟨
  `,
  close: `
    rmoustache ⎱ rgroup ⟯ rangle ⟩ rvert | rVert ‖ rbrace } rbrack ] rparen ) rfloor ⌋ rceil ⌉ urcorner ⌝
    lrcorner ⌟ rrbracket ⟧ rBrace ⦄ rang ⟩
  `,
  ordinary: `
    ldotp . cdotp · aleph ℵ forall ∀ hbar ℏ exists ∃ nabla ∇ flat ♭ ell ℓ natural ♮ clubsuit ♣ wp ℘ sharp ♯
    diamondsuit ♢ Re ℜ heartsuit ♡ Im ℑ spadesuit ♠ S § P ¶ dag † ddag ‡ hslash ℏ triangledown ▽ lozenge ◊
    circledS Ⓢ circledR ® measuredangle ∡ nexists ∄ mho ℧ Finv Ⅎ Game ⅁ backprime ‵ blacktriangle ▲
    blacktriangledown ▼ blacksquare ■ blacklozenge ⧫ bigstar ★ sphericalangle ∢ complement ∁ eth ð diagup ╱
    diagdown ╲ square □ Box □ Diamond ◊ yen ¥ checkmark ✓ beth ℶ daleth ℸ gimel ℷ digamma ϝ varkappa ϰ
    angle ∠ infty ∞ prime ′ triangle △ Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ
    Psi Ψ Omega Ω neg ¬ lnot ¬ top ⊤ bot ⊥ emptyset ∅ varnothing ∅ alpha α beta β gamma γ delta δ epsilon ϵ
    zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π rho ρ sigma σ tau τ upsilon υ
    phi ϕ chi χ psi ψ omega ω varepsilon ε vartheta ϑ varpi ϖ varrho ϱ varsigma ς varphi φ surd √ partial ∂
    backslash \\ vert | Vert ‖ varvdots ⋮ degree ° pounds £ mathsterling £ maltese ✠ lq ‘ rq ’ aa å AA Å
    textcopyright © copyright © textregistered ® Bbbk 𝕜 vdots ⋮ varGamma Γ varDelta Δ varTheta Θ
    varLambda Λ varXi Ξ varPi Π varSigma Σ varUpsilon Υ varPhi Φ varPsi Ψ varOmega Ω TeX TeX LaTeX LaTeX
    KaTeX KaTeX imath ı jmath ȷ N ℕ R ℝ Z ℤ alef ℵ alefsym ℵ Alpha A Beta B bull • Chi X clubs ♣ cnums ℂ
    Complex ℂ Dagger ‡ diamonds ♢ empty ∅ Epsilon E Eta H exist ∃ hearts ♡ image ℑ infin ∞ Iota I Kappa K
    Mu M natnums ℕ Nu N Omicron O real ℜ reals ℝ Reals ℝ Rho P sect § spades ♠ Tau T thetasym ϑ weierp ℘
    Zeta Z colon : dotsi ⋯ mathellipsis … ldots … ddots ⋱ dots … dotso … dotsc … cdots ⋯ dotsb ⋯ dotsm ⋯
    dotsx … textdagger † textdaggerdbl ‡ textdollar $ textunderscore _ textbraceleft { textbraceright }
    textless < textgreater > textbar | textbardbl ∥ textasciitilde ~ textbackslash \\ textasciicircum ^
    textellipsis … i ı j ȷ ss ß ae æ oe œ o ø AE Æ OE Œ O Ø textendash – textemdash — textquoteleft ‘
    textquoteright ’ textquotedblleft “ textquotedblright ” textdegree ° textsterling £
  `,
};

const functions = `
  arcsin arccos arctan arctg arcctg arg ch cos cosec cosh cot cotg coth csc ctg cth deg dim exp hom ker lg
  ln log sec sin sinh sh tan tanh tg th det gcd inf lim max min Pr sup limsup liminf injlim projlim argmin
  argmax plim
`;

/** By command, with its backslash. */
export const symbols: ReadonlyMap<string, MathSymbol> = new Map([
  ...(Object.keys(characters) as (keyof typeof characters)[]).flatMap((kind) =>
    [...characters[kind].matchAll(/(\S+) (\S+)/g)].map(
      ([, name, text]) => [`\\${name}`, { text, kind }] as [string, MathSymbol],
    ),
  ),
  ...functions
    .trim()
    .split(/\s+/)
    .map((name) => [`\\${name}`, { text: name, kind: 'function' }] as [string, MathSymbol]),
]);
