r"""Commands of TeX that set a formula and do nothing else: the symbols of plain TeX and of the AMS, and builders.

The names are those of the lists in MathJax's documentation ("Supported TeX/LaTeX commands"). Left out are all that name
an address, a style, a class, an id or a font, load an extension, define commands (Anki keeps a definition for the cards
after it), or take text as it stands (`\verb`).
"""

_NAMES = """
alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi
omega varepsilon vartheta varpi varrho varsigma varphi varkappa digamma Gamma Delta Theta Lambda Xi Pi Sigma Upsilon
Phi Psi Omega varGamma varDelta varTheta varLambda varXi varPi varSigma varUpsilon varPhi varPsi varOmega aleph beth
gimel daleth hbar hslash imath jmath ell wp Re Im partial infty prime backprime emptyset varnothing nabla top bot
angle measuredangle sphericalangle triangle backslash forall exists nexists neg lnot flat natural sharp clubsuit
diamondsuit heartsuit spadesuit square Box blacksquare lozenge Diamond blacklozenge bigstar complement mho eth Finv
Game Bbbk yen circledR circledS checkmark maltese diagup diagdown blacktriangle triangledown blacktriangledown surd S
P And degree AA
coprod bigvee bigwedge biguplus bigcap bigcup int intop iint iiint iiiint idotsint oint oiint oiiint prod sum
bigotimes bigoplus bigodot bigsqcup smallint triangleleft triangleright bigtriangleup bigtriangledown wedge land vee
lor cap cup Cap Cup doublecap doublecup ddagger dagger sqcap sqcup uplus amalg diamond bullet wr div odot oslash
otimes ominus oplus mp pm circ bigcirc setminus smallsetminus cdot ast times star dotplus ltimes rtimes leftthreetimes
rightthreetimes barwedge curlywedge veebar curlyvee doublebarwedge boxminus boxplus boxtimes boxdot circleddash
circledast circledcirc centerdot divideontimes intercal arcsin arccos arctan arg cos cosh cot coth csc deg det dim exp
gcd hom inf ker lg lim liminf limsup ln log max min Pr sec sin sinh sup tan tanh injlim projlim varliminf varlimsup
varinjlim varprojlim bmod pmod mod pod operatorname limits nolimits mathop mathbin mathrel mathord mathopen mathclose
mathpunct mathinner
propto varpropto sqsubseteq sqsupseteq sqsubset sqsupset parallel shortparallel mid shortmid dashv vdash vDash Vdash
Vvdash leq le geq ge lt gt leqq geqq leqslant geqslant eqslantless eqslantgtr lesssim gtrsim lessapprox gtrapprox
lessdot gtrdot ll gg lll ggg llless gggtr lessgtr gtrless lesseqgtr gtreqless lesseqqgtr gtreqqless succ prec succeq
preceq succcurlyeq preccurlyeq curlyeqprec curlyeqsucc precsim succsim precapprox succapprox approx approxeq
thickapprox sim simeq thicksim backsim backsimeq eqsim cong equiv asymp doteq doteqdot Doteq eqcirc circeq
risingdotseq fallingdotseq triangleq bumpeq Bumpeq subset supset subseteq supseteq subseteqq supseteqq Subset Supset
in ni notin owns perp smile frown smallsmile smallfrown ne neq bowtie Join models between pitchfork backepsilon
blacktriangleleft blacktriangleright therefore because vartriangle vartriangleleft vartriangleright trianglelefteq
trianglerighteq lhd rhd unlhd unrhd nless ngtr nleq ngeq nleqslant ngeqslant nleqq ngeqq lneq gneq lneqq gneqq
lvertneqq gvertneqq lnsim gnsim lnapprox gnapprox nprec nsucc npreceq nsucceq precneqq succneqq precnsim succnsim
precnapprox succnapprox nsim ncong nshortmid nshortparallel nmid nparallel nvdash nvDash nVdash nVDash ntriangleleft
ntriangleright ntrianglelefteq ntrianglerighteq nsubseteq nsupseteq nsubseteqq nsupseteqq subsetneq supsetneq
varsubsetneq varsupsetneq subsetneqq supsetneqq varsubsetneqq varsupsetneqq not colon iff implies impliedby
Leftrightarrow Leftarrow Rightarrow leftrightarrow leftarrow gets rightarrow to mapsto leftharpoonup leftharpoondown
rightharpoonup rightharpoondown nearrow searrow nwarrow swarrow rightleftharpoons leftrightharpoons hookrightarrow
hookleftarrow longleftarrow Longleftarrow longrightarrow Longrightarrow Longleftrightarrow longleftrightarrow
longmapsto leftleftarrows rightrightarrows leftrightarrows rightleftarrows Lleftarrow Rrightarrow twoheadleftarrow
twoheadrightarrow leftarrowtail rightarrowtail looparrowleft looparrowright curvearrowleft curvearrowright
circlearrowleft circlearrowright Lsh Rsh upuparrows downdownarrows upharpoonleft upharpoonright downharpoonleft
downharpoonright restriction multimap leftrightsquigarrow rightsquigarrow leadsto dashrightarrow dashleftarrow
nleftarrow nrightarrow nLeftarrow nRightarrow nleftrightarrow nLeftrightarrow uparrow downarrow updownarrow Uparrow
Downarrow Updownarrow xrightarrow xleftarrow overrightarrow overleftarrow overleftrightarrow underrightarrow
underleftarrow underleftrightarrow
ldots cdots vdots ddots dots dotsc dotsb dotsm dotsi dotso ldotp cdotp lmoustache rmoustache lgroup rgroup arrowvert
Arrowvert bracevert Vert vert lvert rvert lVert rVert rangle langle rbrace lbrace rceil lceil rfloor lfloor lbrack
rbrack ulcorner urcorner llcorner lrcorner left right middle big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl
biggr biggm Biggl Biggr Biggm bra ket braket Bra Ket Braket set Set
frac dfrac tfrac cfrac genfrac binom dbinom tbinom over atop choose brace brack sqrt root uproot leftroot overline
underline overbrace underbrace overparen underparen overset underset stackrel buildrel sideset substack acute grave
ddot dddot ddddot tilde bar breve check hat vec dot mathring widehat widetilde boxed fbox cancel bcancel xcancel
cancelto tag notag nonumber begin end hline hfill newline cr displaylines cases matrix pmatrix eqalign skew mathchoice
mathstrut strut phantom hphantom vphantom smash llap rlap raise lower joinrel ce pu
quad qquad enspace thinspace negthinspace negmedspace negthickspace nobreakspace hskip hspace kern mskip mspace mkern
space displaystyle textstyle scriptstyle scriptscriptstyle rm mit oldstyle cal it bf bbFont scr frak sf tt tiny Tiny
scriptsize small normalsize large Large LARGE huge Huge mathrm mathup mathnormal mathbf mathit mathsf mathtt mathbb
mathcal mathscr mathfrak mathbfup mathbfit boldsymbol bm bold pmb text textrm textbf textit textsf texttt textnormal
textup mbox hbox emph
"""
SETTING = frozenset(_NAMES.split())
