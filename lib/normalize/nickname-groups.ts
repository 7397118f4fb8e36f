/**
 * Given names and their short forms as keys (lower case, ASCII), written from general knowledge of usage: `name: short short; name: ...`.
 * A short form under several names is ambiguous. Short forms only: John, Juan and Giovanni are three names.
 */
const ENGLISH = `
	abigail: abby abbie gail; abraham: abe bram; adelaide: addie; agnes: aggie; albert: al bert bertie; alexander: alex al alec sandy xander lex
	sasha sascha sander ale; alexandra: alex sandra sandy lexi lexie alexa sasha; alfred: al alf alfie fred freddie; alison: ally ali; allison:
	ally allie; amanda: mandy; andrea: andi; andrew: andy drew; angela: angie; anna: annie anni anya ania nan; anne: annie nan; anthony: tony
	ant; antonia: toni tony; archibald: archie; arthur: art artie; augustus: gus; barbara: barb barbie babs; bartholomew: bart; beatrice: bea;
	benedict: ben; benjamin: ben benny benji; bernard: bernie; bertram: bert; bradley: brad; brandon: bran; calvin: cal; cameron: cam; caroline:
	carrie carol caro line; carolyn: carrie carol lyn; cassandra: cass cassie sandra; catherine: cathy cath kate katie cat kitty; charles:
	charlie chuck chas chip; charlotte: charlie lottie char lotte; chester: chet; christian: chris christ; christina: chris chrissy tina
	christa; christine: chris chrissy tina christa; christopher: chris kit topher; clarence: clare; clifford: cliff; constance: connie;
	cornelius: neil con; cynthia: cindy; daniel: dan danny; danielle: dani; david: dave davey davy; deborah: deb debbie debby; debra: deb debbie
	debby; dennis: denny; dominic: dom nick; donald: don donny donnie; donna: don; dorothy: dot dottie dolly dora; douglas: doug; edgar: ed
	eddie; edith: edie; edmund: ed eddie ned; edward: ed eddie eddy ned ted teddy; edwin: ed eddie; eleanor: ellie nell nellie nora; elizabeth:
	liz lizzie lizzy beth betsy betty eliza elsie lisa libby bess; emily: em emmy; emma: em emmy; ernest: ernie; eugene: gene; evelyn: eve evie;
	ezekiel: zeke; florence: flo; frances: fran franny frankie; francis: frank frankie fran; franklin: frank frankie; frederick: fred freddie
	freddy rick; gabriel: gabe; gabrielle: gabby; geoffrey: geoff; gerald: gerry jerry; gerard: gerry; gilbert: gil bert; gordon: gordie; grace:
	gracie; gregory: greg gregg; gwendolyn: gwen wendy; harold: harry hal; harriet: hattie harry; helen: nell nellie lena; henry: harry hank
	hal; herbert: herb bert; howard: howie; hubert: bert; ignatius: iggy; irene: rena; isaac: ike; isabel: izzy bella belle; isabella: izzy
	bella belle; jacob: jake; jacqueline: jackie; james: jim jimmy jamie jem; jane: janie jenny; janet: jan; janice: jan; jason: jay; jeffrey:
	jeff; jennifer: jen jenny jenn; jeremiah: jerry jem; jeremy: jerry; jerome: jerry; jessica: jess jessie; joan: joanie; joanna: jo; joanne:
	jo; john: jack johnny jon jock; jonathan: jon jonny nathan; joseph: joe joey jo; josephine: jo josie; joshua: josh; joyce: joy; judith: judy
	judi; julia: jules julie; julian: jules; juliet: jules; karen: kari; katherine: kathy kath kate katie kat kitty kay; kathleen: kathy kath
	kate katie kay; kathryn: kathy kate katie kay; kenneth: ken kenny; kimberley: kim; kimberly: kim kimmy; kristin: kris; kristina: kris tina;
	kristopher: kris; larissa: lara; laura: laurie lori; lauren: laurie; laurence: larry laurie; lawrence: larry laurie; leonard: len lenny leo;
	leonardo: leo; leopold: leo poldi; leroy: roy; lester: les; lillian: lily lil; lily: lil; linda: lindy; louis: lou louie; louise: lou lulu;
	lucille: lucy; lucinda: lucy cindy; madeleine: maddie maddy; madeline: maddie maddy; malcolm: mal; marcus: marc mark; margaret: maggie meg
	peggy peg marge margie greta madge rita daisy; marjorie: marge margie; martha: marty; martin: marty; marvin: marv; mary: molly polly mamie
	may; matilda: tilly; matthew: matt matty; maureen: mo; maurice: mo; maximilian: max maxi; maxine: max; maxwell: max; megan: meg; melanie:
	mel; melissa: mel missy lissa; melvin: mel; mervyn: merv; michael: mike mick micky mickey mikey mitch; michelle: shelly shell; mildred:
	millie; millicent: millie; miranda: mandy randy; mitchell: mitch; mohammed: mo; morris: mo; muhammad: mo; nancy: nan; natalie: nat nattie;
	nathan: nat nate; nathaniel: nat nate nathan; nicholas: nick nicky nico; nicola: nicky nikki nic; nicole: nicky nikki nic; norman: norm;
	oliver: ollie; olivia: liv livvy ollie; oscar: ozzie; oswald: ozzie; pamela: pam; patricia: pat patty patti tricia trish; patrick: pat paddy
	rick; paul: paulie; pauline: polly; penelope: penny; percival: percy; peter: pete petey; philip: phil pip; phillip: phil; phyllis: phyl;
	priscilla: cilla; prudence: prue; rachel: rach; ralph: rafe; randall: randy; randolph: randy; raymond: ray; rebecca: becky becca beck;
	reginald: reg reggie; richard: rick ricky dick rich richie; robert: bob bobby rob robbie robby bert; roberta: bobbie; roderick: rod roddy;
	rodney: rod; roger: rog; roland: rollo; ronald: ron ronnie ronny; rosalind: ros roz; rose: rosie; rosemary: rose rosie; roxanne: roxy;
	rudolph: rudy; rupert: rupe; russell: russ rusty; samantha: sam sammy; samuel: sam sammy; sara: sally; sarah: sally sadie; sebastian: seb
	bastian basti; selina: lina; seymour: sy; sharon: shaz; sidney: sid; sidonie: sid; simon: si; solomon: sol; sophia: sophie; spencer: spence;
	stanley: stan; stephanie: steph stephie; stephen: steve stevie; steven: steve stevie; stewart: stu; stuart: stu; susan: sue susie suzy;
	susanna: sue susie; suzanne: sue suzy; sylvester: sly; tabitha: tabby; terence: terry; teresa: terry tess tessa; terrence: terry; thaddeus:
	tad; theodore: ted teddy theo; theresa: terry tess tessa; thomas: tom tommy; timothy: tim timmy; tobias: toby tobi; tracy: trace; ursula:
	uschi; valerie: val; vanessa: nessa; vernon: vern; veronica: ronnie; victor: vic; victoria: vicky vicki tori; vincent: vince vinnie; violet:
	vi; virginia: ginny ginger; vivian: viv; wallace: wally; walter: walt wally; wendell: wen; wilbur: will; wilfred: will fred; william: bill
	billy will willy willie liam; winifred: winnie fred; winston: win; yvonne: von; zachary: zach zack zak; zechariah: zach
`;

const GERMAN = `
	alexander: alex; alois: loisl; andreas: andi andy andre; annemarie: annemie; anton: toni; astrid: asta; augusta: gusti; benjamin: benni;
	bernhard: bernd berni; brigitte: gitte gitti; burkhard: burki; christian: chris; christina: tina chris; christoph: chris stoffel; daniela:
	dani; dominik: domi; dorothea: thea dorle; eberhard: hardy; eduard: edi; elisabeth: elisa elli lisa lisbeth lili sissi betti else elsbeth liesel
	elsa liesl; ernst: erni; florian: flo; franziska: franzi; friedrich: fritz friedel fred; gabriele: gabi gaby; georg: schorsch; gerhard: gerd
	gert; gertrud: trude gerti; gottfried: friedel; hannelore: hanne lore; heinrich: heinz heiner heini; hildegard: hilde; ingeborg: inge;
	jakob: jackl; joachim: achim jochen jo; johann: hans hannes; johanna: hanna hanni; johannes: hans hannes jo; josef: sepp jupp peppi;
	karoline: caro karo line; katharina: kathi kati katja kathe rina; klaus: klausi; konrad: conny; konstantin: konsti; leonhard: hardi
	leo; lieselotte: lilo lotte; ludwig: lutz wiggerl; magdalena: lena leni magda; manfred: manni; margarete: grete gretel greta rita;
	margarethe: grete gretel; maria: mia mitzi ria mari maja; marianne: nanni; matthias: matze hias matti; maximiliane: maxi; michaela: michi;
	nikolaus: klaus niko; reinhard: reini; renate: reni; rosina: rosi; sabine: bine; sebastian: wastl; siegfried: siggi sigi; stefan: steff
	stef; stefanie: steffi; susanne: susi sanne; theodor: theo; theresia: resi; thorsten: thor; ulrich: uli ulli; ulrike: uli ulli rike;
	waltraud: traudl; wilhelm: willi willy; wolfgang: wolf wolfi
`;

const FRENCH = `
	alexandra: alex; alexandre: alex; alexis: alex; benoit: ben; catherine: cathy; charles: charlot; christelle: chris; christophe: chris tophe;
	dominique: dom; elisabeth: babeth lise; emmanuel: manu; emmanuelle: manu; frederic: fred; frederique: fred; genevieve: ginette; gregoire:
	greg; guillaume: guigui; isabelle: isa; jacqueline: jacotte; jean: jeannot; jeanne: jeannette; laurent: lolo; marguerite: margot; mathieu:
	math; maxime: max; michel: mimi; nathalie: nath; nicolas: nico; philippe: phil; pierre: pierrot; raphael: raph raf; sebastien: seb;
	stephane: steph; sylvie: syl; therese: tess; valentin: val; veronique: vero
`;

const SPANISH = `
	alberto: beto berto; alejandra: alex ale; alejandro: alex ale jandro; ana: anita; andres: andy; antonio: tono toni tonio; beatriz: bea;
	carlos: carlitos; carmen: carmina; catalina: cata; concepcion: concha conchita; cristina: cris; cristobal: tobal; daniela: dani; dolores:
	lola lolita; eduardo: edu lalo; enrique: quique kike; ernesto: neto; federico: fede; fernando: fer nando; francisca: paca paqui; francisco:
	paco pancho fran curro kiko; gabriela: gaby gabi; gerardo: gera; gregorio: goyo; guadalupe: lupe lupita; guillermo: guille memo; ignacio:
	nacho; isabel: isa chabela; jaime: jaimito; javier: javi; jesus: chuy suso; joaquin: quino; jorge: jorgito; jose: pepe pepito; jose luis:
	pepelu; jose maria: chema; josefa: pepa; josefina: pepa fina; juan: juanito; juan carlos: juanca; juan manuel: juanma; lucia: lucy; luis:
	lucho; manuel: manolo manu; manuela: manoli; marcelo: chelo; maria: mari maru; maria jose: majo cote; maria teresa: maite; mariana: mari;
	mario: mayito; mercedes: merche; miguel: migue; montserrat: montse; pedro: perico; pilar: pili; rafael: rafa; ramon: moncho; refugio: cuca;
	ricardo: ricky richi; roberto: beto berto tito; rodrigo: rodri; rosa: rosita; rosario: charo; salvador: salva chava; santiago: santi;
	sergio: checo; soledad: sole; teodoro: teo; tomas: tomi; valentina: vale tina; vicente: chente; victoria: vicky
`;

const ITALIAN = `
	alessandra: ale sandra; alessandro: ale sandro; angelo: lino; antonella: anto; bartolomeo: meo; caterina: rina cate; daniele: dani lele;
	domenico: mimmo nico; edoardo: edo; elisabetta: betta lisa; emanuele: lele; filippo: pippo; francesca: fra franci cesca; francesco: franco
	checco cesco ciccio; gabriella: gabri; gaetano: tano; giacomo: giac; giorgio: gio; giovanna: gianna vanna; giovanni: gianni gio vanni;
	giuseppe: beppe peppe pino; giuseppina: pina; leonardo: leo; lorenzo: renzo; luigi: gigi gino; margherita: rita marghe; maria: mari; matteo:
	teo; michele: miky; nicoletta: nico; raffaele: lele raffa; salvatore: toto turi; stefano: ste; tommaso: tommy maso; vincenzo: enzo
`;

const DUTCH = `
	adrianus: adri arie; antonius: ton toon teun; catharina: karin trijntje; christiaan: chris; cornelis: kees cor; elisabeth: els lies liesbeth
	bep betje; franciscus: frans; gerardus: gerrit geert; gerhardus: gert; hendrik: henk rik; hendrika: rika; jacobus: koos jaap; jan: jantje;
	johanna: jo joke hanneke; johannes: jan joop hans johan; lambertus: bert bart; leonardus: leo leen; lodewijk: lode; maarten: maart;
	margaretha: greet greetje griet; maria: marijke riet mieke; nicolaas: klaas nico; petrus: piet; pieter: piet; sebastiaan: bas; theodorus:
	theo; wilhelmina: mina willemijn mien; wilhelmus: wim willem; willem: wim pim
`;

const POLISH = `
	agnieszka: aga agusia; aleksander: olek; aleksandra: ola olka; andrzej: jedrek; anna: ania anka; barbara: basia baska; bartlomiej: bartek;
	bartosz: bartek; dorota: dorotka; elzbieta: ela; ewa: ewka; ewelina: ewela; grzegorz: grzesiek grzes; henryk: heniek; jakub: kuba; jan:
	janek jas; jerzy: jurek; joanna: asia joasia; jozef: jozek; katarzyna: kasia kaska; krystyna: krysia; krzysztof: krzysiek krzys; maciej:
	maciek; magdalena: magda; malgorzata: gosia malgosia; marek: maras; maria: marysia; mateusz: mati; pawel: pawelek; piotr: piotrek; robert:
	robcio; ryszard: rysiek; slawomir: slawek; stanislaw: staszek stasiek; tadeusz: tadek; teresa: renia terenia; tomasz: tomek; wojciech:
	wojtek; zbigniew: zbyszek; zofia: zosia
`;

/** As people write them in Latin letters. */
const RUSSIAN = `
	aleksandr: sasha sanya alex shura; aleksandra: sasha shura; aleksei: alyosha lyosha lesha; aleksey: alyosha lesha; alexey: alyosha lyosha
	lesha alex; anastasia: nastya stasya; anastasiya: nastya stasya; anatoly: tolya; anna: anya nyura; boris: borya; dmitri: dima mitya;
	dmitriy: dima mitya; dmitry: dima mitya; dmytro: dima; ekaterina: katya; elena: lena; evgenia: zhenya; evgeniy: zhenya; evgeny: zhenya;
	fyodor: fedya; galina: galya; georgy: zhora gosha; grigory: grisha; ilya: ilyusha; irina: ira; ivan: vanya; konstantin: kostya; ksenia:
	ksyusha; leonid: lyonya; lev: lyova; lyubov: lyuba; lyudmila: lyuda mila; maksim: max; maria: masha; mariya: masha; maxim: max; mikhail:
	misha; mykhailo: misha; mykola: kolya; nadezhda: nadya; natalia: natasha nata; natalya: natasha nata; nikolai: kolya; nikolay: kolya;
	oksana: ksana; oleksandr: sasha; oleksiy: lyosha; olga: olya; pavel: pasha; petr: petya; pyotr: petya; roman: roma; semyon: syoma; sergei:
	seryozha serezha; sergey: seryozha serezha; stepan: styopa; svetlana: sveta lana; tatiana: tanya; tatyana: tanya; valentin: valya;
	valentina: valya; vasily: vasya; vladimir: vova volodya vlad; vladislav: vlad; volodymyr: vova volodya; vyacheslav: slava; yaroslav: slava;
	yekaterina: katya; yelena: lena; yevgeny: zhenya; yulia: yulya julia; yuri: yura; yury: yura
`;

export const NICKNAME_TABLES: readonly string[] = [ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, DUTCH, POLISH, RUSSIAN];
