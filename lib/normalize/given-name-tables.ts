/**
 * Frequent given names as keys (lower case, ASCII), written from general knowledge of usage; spellings of one name are tied by `=`.
 * Left out on purpose is what is more often a slip in a frequent name than a name of its own (Michal). Short forms are in the nickname tables.
 */
export const WOMEN = `
	aaliyah=aliyah abeer abigail=abigale=abbigail ada adela=adele=adelle adelaide adelina adriana adrienne=adrianne agatha agathe agnes agneta agnieszka
	aicha=aisha=aysha=ayesha aileen=eileen alba aleksandrina alena alessandra alessia alexa alexandra=aleksandra alexandria alexia alice=alyce alicia alina aline
	alison=allison=alyson=allyson alla alma almudena amal=aamal amalia amanda amber amelia amelie=amely amina=aminah=ameena amira=ameera amparo amy=amie ana=anna
	anais ananya anastasia=anastasiya anette=annette anfisa angela angeles angelica=angelika angelina anika=annika anita anja=anya anjali ann=anne annegret anneke
	anneli annelies anneliese=annelise annemarie annemieke annie antje antonella antonia antonina aparecida aparna apolline april archana aretha ariana=arianna
	ariane arianne arlene arwa asha ashlyn asma=asmaa astrid asuncion audrey aurelia aurelie aurora ava aynur ayse=aysha ayten aziza barbara=barbra beata beate
	beatrice=beatrix beatriu beatriz belen belgin belinda berna bernadette bernice bertha=berta beth bethany betje betty beverly=beverley bhavna bianca=bianka
	birgit=birgitt birgitta=brigitta birgitte blanca bodil bogdana bonnie bozena brenda brianna=breanna=briana bridget=brigid brigitte britta=brita
	brittany=britney=brittney bronwyn burcu caitlin=kaitlin=kaitlyn=caitlyn=katelyn camila=camilla canan candace=candice cansu capucine cara=kara carina=karina
	carla=karla carlotta carmela carmen carolin=caroline=karoline=karolin carolina=karolina carolyn=carolynn carrie=kerrie cassandra catalina
	catarina=katarina=katharina=catharina=katerina caterina catherine=katherine=kathryn=katharine=catharine=kathrine=cathryn=katheryn cecile cecilia celeste celia
	celina=selina celine ceren chantal=chantel charlene charlotte chelsea=chelsey cheryl=sheryl chiara=kiara chloe=khloe christa=krista christel=kristel christelle
	christiane christina=kristina=cristina christine=kristine=christene cindy claire=clare=clair clara=klara clarissa claudia=klaudia claudine clementine clotilde
	colette=collette conceicao concepcion concetta connie constance=konstanze consuelo cora coralie corinna=korinna corinne=corine cornelia=kornelia
	courtney=kourtney crystal=krystal=kristal cynthia dagmar daisy dalal dalia=dahlia daniela=daniella danielle=danyelle danuta daphne darlene darya=daria dawn
	deanna=deana deanne debora=deborah=debra deepa=dipa deepika deirdre delia denise=denice=denyse derya desiree diana=dianna diane=dianne=dyan didem dilek dina
	divya dolores=delores donna dora doreen doris dorota dorothea dorothee dorothy ebba ebru eda edith=edyth edna edwina ekaterina=yekaterina=katerina
	eleanor=elinor=eleanore elena=yelena=jelena eleni eleonora=eleonore elfriede elif elin elina elisa=eliza elisabeth=elizabeth elisabetta elise=elyse=elize
	elizaveta elke ella ellen=elen elodie eloise els elsa elsebeth elsie elvan elvira elzbieta emel emeline emilia=emelia emilie=emily=emely emine emma emmanuelle
	encarnacion erica=erika erin=eryn ernestine esin esperanza esra estefania estelle=estell esther=ester eugenia eugenie eva=ewa eve evelina=ewelina
	evelyn=evelin=evelyne evgenia=yevgenia fabienne fadime fanny farah farida=fareeda fatima=fatimah=fatma=fatema fawzia felicia felicitas femke feride fernanda
	figen filiz fiona flavia flora florence frances francesca=franceska francine francisca=franziska francoise frederike=friederike freja frieda=frida fulya
	gabriela=gabriella gabrielle galina=halina gamze gayatri gaynor geeta=gita gemma=jemma genevieve georgia georgina gerda gertraud gertrud=gertrude ghada
	ghislaine ghyslaine gillian=jillian gina ginevra giovanna gisela=gisella gisele giselle giulia=julia giuliana=juliana giuseppina gladys glenda gloria gonul
	grace grazia grazyna greetje greta=gretha gretchen grit gudrun gul gulay gulcan gulsen gunay gunhild gunilla gwen gwendolyn gwyneth hacer hala halima=haleema
	hana=hannah=hanna hanan hande hanka hanneke hannelore harriet=harriett hatice havva hayley=hailey=haley=hayleigh hazel heather heba=hiba hedwig heidi=heidy
	heike helen=hellen helena helene helga helle henrietta henriette hermine hilda=hilde hildegard hilke hina holly hope hortense huda=hoda hulya ida ilknur ilona
	ilse iman=eman imelda imke imogen inas indira ineke ines=inez inessa inga inge ingeborg ingegerd inger ingrid inka inmaculada inna ipek irena=irina irene iris
	irma isabel=isabelle=isobel=isabell=ysabel isabella=izabella=isabela ivana ivanka ivone ivy iwona=ivona jacqueline=jaqueline=jacquelyn=jackeline jade jadwiga
	jamila=jameela jana jane=jayne janet=janette=jeanette=jeannette janice=janis janina janneke jasmin=jasmine=yasmin=yasmine=yasmeen jaya jeanne jeannine=janine
	jelka jenna jennifer=jenifer=jeniffer jenny jessica=jesica=jessika jill jimena=ximena joana=joanna joanne=joann jocelyn=joselyn jolanda=yolanda jolanta josefa
	josefina josefine=josephine josiane joyce juanita judith=judit judy julie=julee julietta juliette=juliet june jussara justine justyna=justina jutta jyoti jytte
	kalpana kamala kamila karen=karin=caren=karyn kari karima=kareema karola=carola katarzyna kate=cate kathleen=cathleen katie=katy katja=katya katrien
	katrin=kathrin=cathrin=catrin katrina=catrina kavita=kavitha kay kayla=kaila kazimiera keiko kelsey=kelsie kerstin=kirstin=kerstine khadija=khadijah=hadija
	kimberly=kimberley=kimberlee kinga kirsten=kirstin kirsty komal kristen=kristin=christin krystyna ksenia=xenia=kseniya kubra laetitia=letitia lakshmi
	lalita=lalitha lamia lara larissa=larisa lata latifa=latifah latoya laura lauren=lauryn laurie lavinia lea=leah leandra leena leila=layla=leyla=laila=lila
	leman lena leni lenka leona leonie=leoni leonora leticia=letizia lia liane libby lidia=lydia lieke lieselotte=liselotte lilian=lillian=liliane liliana
	lilly=lily lina linda=lynda lindsay=lindsey ling lisa=liza=lise lisbet=lisbeth livia lola lorena loretta lori=lorie lorraine=loraine lotte louisa=luisa
	louise=luise lourdes luana lubna lucia=luzia luciana luciane lucie=lucy lucienne lucille lucinda ludmila=lyudmila ludmilla luiza lynette=lynnette lyubov maaike
	mabel=maybelle macarena madeleine=madeline=madelyn=madelaine madhuri maelle maelys magali magdalena maggie maha mahnaz maike=meike maisa maj maja=maya majda
	malgorzata malin mamta manal mandy manisha manon manuela mara marcela marcella marcia maren marfa margaret=margret=margarete=margarethe margarida margarita
	margaux=margot margherita margit=margitta margot=margo margriet marguerite maria=marija=mariya mariam=maryam=miriam=myriam mariana=marianna marianne=maryanne
	maribel marie marieke mariella marielle marietta marijke marika marilyn=marylin=marilynn marina marine marisa=marissa marisol maristela marit
	marjorie=margery=marjory marleen=marlene martha=marta martina martine marwa=marwah mary=mari marzena matilda=mathilda=mathilde maud=maude maureen=maurine
	maysoon mechthild meena=mina meera=mira mei melanie=melany melek melike melina melinda melissa=melisa meltem meral mercedes merve meryem mette mia
	michaela=mikaela michelle=michele mieke milagros mildred milena millicent mine minna miranda mireia mireille mirella mirjam=miriam misaki moira=moyra
	molly=mollie mona monica=monika=monique muge muna muriel nabila=nabeela nada nadezhda nadia=nadja=nadiya nadine=nadin nadira=nadera nagore nahla naima=naeema
	najat najla=najlaa nalan nancy=nanci nandini naoko naomi=noemi=noemie natalia=natalya=nataliya=nathalia natalie=nathalie=nataly natalija natascha=natasha nawal
	nazan nazli neelam neha nele nelli nelly=nellie nerea nermin nese nevin nicki=nikki nicole=nikole=nichole nicoletta nicolette nienke nilgun nilufer nina
	nirmala nisha nisreen=nesrin noelia noelle nonna nora=norah noreen norma nuray nurcan nuria nurten oceane odette odile oksana ola olena olga
	olivia=oliwia=olyvia oriana ornella ozge ozlem padma paloma pamela=pamella paola=paula patricia=patrizia paulette paulina pauline pelin penelope perla pernille
	petra petronella philippa=phillipa philippine phoebe=phebe phyllis pia pilar pinar polina polly pooja=puja poonam prerna priscilla priya=prija priyanka rabia
	rachel=rachael rachelle radha rafaela rahma=rahmah raimunda raisa ramona rani rania=ranya ranim raquel rasha rashmi rebecca=rebekah=rebekka reem=rim reena=rina
	regina regine rekha remedios renata renate renu reyhan rhonda=ronda rikke rima=reema rimma rita ritu roberta rocio rolande romy roos rosa rosalia rosalie
	rosalind rosanna=roseanne rose rosemary=rosemarie=rosmarie rowena roxana=roxanna=roxane=roxanne ruby rupa ruqayya ruth sabah sabina sabine sabrina sadia=sadiya
	safa safiya=safia sahar sakura salma salwa=salwah samantha=samanta samar samia samira=sameera sana=sanaa sandra=sondra sandrine sangeeta=sangita saniye sanja
	sanna sanne sara=sarah sarala sarita saskia savannah=savanna savita=savitha sawsan seda seema=sima segolene selda selene selin selma semra serafima serap
	serena=serina serpil sevda severine sevgi sevil sevim shadia shaimaa=shaima shanice shanti sharda sharon=sharron sheila=shiela=sheilagh shelley=shelly
	sherry=sherri=sheri shilpa shirin shirley shobha shweta=sweta sibel sibylle=sybille=sibyl=sybil sidonie sieglinde sietske signe sigrid sigrun siham=seham silke
	silvana silvia=sylvia simoes simona sinead siobhan=shivaun siri sita=seeta smita sneha socorro sofia=sophia=zofia solange soledad solene solveig=solvej sonal
	songul sonia=sonja=sonya=sonija sophie=sofie soraya stanislawa stefania=stephania stella stephanie=stefanie=stephany=stefani suad=souad sudha sue suha=soha
	sujata=sujatha sumaya=sumayya sunanda sunita susan=suzan=susann susana=susanna=susannah=suzanna=zuzanna susanne=suzanne sushila svenja svetlana=swetlana swati
	sylvette sylviane sylvie=silvie sylwia tabitha=tabea tahani taisia tamara=tamera tammy=tami tania=tanja=tanya tara tatiana=tatjana=tatyana tatiane tatum
	teresa=theresa=therese=tereza=thereza thais thea thelma tiffany=tiffani tina tineke tove=tuva traudl trudy truus tulay tulin turkan tuula ulla ulrike uma una
	ursula=urszula usha uta=ute valentina valeria=waleria valerie=valery valerija vanda=wanda vandana vanessa=venessa vera=wera verena verona
	veronica=veronika=weronika veronique victoria=viktoria=wiktoria vidya vijaya vilma=wilma viola violet=violette violetta virginia=virginie vita vivi
	vivian=vivien=vivienne viviana wafa=wafaa waltraud=waltraut wendy=wendi whitney wieslawa wilhelmina wilhelmine willemijn winifred wisal xiomara yael yaiza yana
	yara yasemin yeliz yesenia yesim yildiz ylva yoko yoshiko yuko yulia=julia=yuliya yumi yusra=yosra yvette=ivette yvonne=ivonne zahra=zara
	zainab=zaynab=zeinab=zeynep zdenka zehra zeina=zaina zeliha zhanna zinaida zita zoe=zoey=zoie zoya zubaida=zubeida zuhal zuzana
`;

export const MEN = `
	aaron=aron abbas abdelaziz=abdulaziz abdelkader abdul=abdel abdullah=abdallah=abdulla abdulrahman=abdelrahman=abdurrahman abel abhishek abraham=abram=avraham
	achim adalbert adalberto adam adem ademir adil=adel adilson adnan adolf=adolph adolfo adriaan adrian=adrien=hadrian agustin=augustin ahmad=ahmed=ahmet=achmed
	aidan=aiden ailton aitor ajay akash akio akram aksel alan=allan=allen=alain albert alberto albrecht aldo alejandro alejo
	aleksander=alexander=alexandre=aleksandr=alexandr=oleksandr alessandro alessio alexei=aleksei=alexey=aleksey=alexej alfonso=alphonso=alfonzo alfred alfredo
	alistair=alastair=alasdair=alister alois=aloys alok alonso=alonzo alvaro alvin=alwin amadeo amadeus amar amin=ameen amir=ameer amit amitabh amos amr anand
	anas=anass anatoly=anatoli=anatolij anders andreas andrei=andrey=andrej andres andrew=andru andrzej andy angelo aniket anil ankit anselmo ansgar antoine anton
	antonin antonio=antonyo antony=anthony anwar archibald arend ari arif=areef aristide arjun armand armando armin=ermin arnaud arne arno arnold arnoldo
	artem=artyom=artiom arthur=artur arturo arun asbjorn=asbjoern ashish ashok ashraf ashwin asier atul august=auguste augusto aurelien aurelio austin axel aydin
	ayhan ayman=aymen aziz=azeez badr baltasar baptiste baris barry bart bartholomew=bartolomew bartlomiej bartosz bas bashar bashir=basheer basil bassam=basam
	bassem=basem bastian bastien bekir benedict=benedikt benedito bengt benito benjamin=benjamyn berend bernard=bernhard bernardo bernd=berndt bert bertil
	bertram=bertrand bilal=billal birger bjorn=bjoern bo bodo bogdan boleslaw boris borja brad bradley bram brandon brendan=brendon brent bret=brett
	brian=bryan=brien bruce bruno bryce bryn bulent burak burkhard byron caio calvin candido carl=karl carlo=carlos carlton carsten=karsten cedric cees=kees
	celestin celso cem cemal cengiz cenk cesar=cezar cetin charles chester christer=krister christian=kristian=cristian christof=christoph=kristof=christophe
	christopher=kristopher=christofer=cristopher cihan clarence=clarance claudinei claudio claus=klaus clayton cleber clemens=klemens clement cliff
	clifford=cliford clinton clive clyde colin=collin conor=connor=conner conrad=konrad constantin=konstantin=constantine cor cornelius craig=kraig cristobal
	cuneyt curt=kurt curtis=kurtis cyril=kyril czeslaw dag daiki daisuke damaso damian=damien daniel=danyel danilo dario darius dariusz darren=darrin=daren=darin
	darryl=daryl=darrell=darrel davi david=davide=dawid dean=deane declan deepak=dipak demetrius denilson dennis=denis=denys=deniz denzel
	derek=derrick=derrek=deric desmond detlef=detlev devin diego dieter=dietrich dietmar=ditmar dilip dimitri=dmitri=dmitry=dmitriy=dimitry dimitrios dinesh diogo
	dionisio dirk domenic=dominic=dominik=dominick domenico domingo donald donovan dorian douglas=douglass duncan dursun dustin dwight dylan=dillon earl=earle
	eberhard eckhard=eckhart=ekkehard eddie eder edgar edmond=edmund edoardo edson=edison eduard=edward eduardo edwin efrain egbert egon einar eirik eladio
	elias=ilias elijah elliot=elliott=eliot elmar elmer eloy elton emad=imad emanuel=emmanuel=immanuel emeterio emil=emile emiliano emilio emir emre engelbert
	engin enrico enrique enzo ercan erdal erdem erdogan erhan eric=erik=erich=eryk erkan erling ernest=ernst ernesto ernie erol ersin erwin=irwin=ervin espen
	esteban ethan etienne eugen=eugene eugenio eusebio evan evert everton ewan=euan=ewen eyad fabian fabien fabio fabrice fabricio fabrizio fadi=fady fahad=fahd
	faisal=faysal=feisal fares=faris farid=fareed farouk=faruk=farooq fatih fawzi federico fedor=fyodor=fjodor felipe=filipe felix ferdinand fermin fernando fikret
	filip=philip=phillip=philipp=philippe filippo finn fiodor flavio florent florian floyd fouad=fuad=fuat francesco francis francisco franck=frank francois
	franklin frans=franz fred frederico fredrik=frederik=fredrick=frederick=frederic=friedrich=fryderyk frits fritz gabriel gaetano ganesh gareth=garth garry=gary
	gaston gaurav gavin geir genaro gennaro geoffrey=jeffrey=jeffery=jeffry=geoffry georg=george=georges gerald=gerold=jerald geraldo gerard=gerhard=gerhart
	gerardo gerben gerd=gert germain german gerrit gerson ghassan giacomo gianni gijs gilbert gilberto gilles gilson gino giorgio giovanni girish giulio giuseppe
	givanildo gleb glen=glenn gokhan gonzalo gopal goran=goeran gordon gosta govind graham=graeme=grahame greg gregor gregorio gregory=gregori grigori=grigory
	grzegorz guido guillaume guillermo guiseppe gunder gunnar gunter=gunther=guenter=guenther gustav=gustave gustavo guy haitham hakan hakim=hakeem hakon=haakon
	halil=khalil halvor hamad=hamed hamid=hameed hamza=hamzah hani=hany hans hansjorg=hansjoerg harald=harold hardy hari haroun=harun=haroon harry=harrie hartmut
	hartwig haruto harvey hasan=hassan hasse hatem hazem hector heiko hein heiner heinrich heinz heitor helio hellmut=helmut=helmuth hemant hendrik=henrik henk
	henning henri=henry henrique henryk herbert hermann=herman=herrmann hernan hernando hicham=hisham=hesham hideki hikmet hilario hiroki hiroshi holger horace
	horst howard hubert=hubertus hugh hugo humberto huseyin hussein=hussain=husain=hossein=husein=hussien huub ian=iain ibrahim=ebrahim=ibraheem ignacio ignaz igor
	ihab=ehab iker ilhan ilja=ilya=ilia ilker imanol inaki ingo ioannis ireneusz irfan isaac=isaak=izaak isidro=isidoro ismael=ismail=ismaeel=ishmael ismet
	issam=essam=isam istvan ivan=iwan ivar ivo jaap jaber jacek jacinto jack jackson jacob=jakob=jacub jacques jagdish jair jairo jakub jalal=jelal
	jamal=jamaal=djamal james jamil=jameel jannik=yannick=yannik=yanick janusz jared=jarred=jarod jaromir jaroslaw=jaroslav=yaroslav jarrett jason=jayson
	jasper=jesper=kasper=caspar=kaspar javi javier=xavier jawad jay jelle jens jeremiah jeremy=jeremie=jeramy jermaine jeroen jerome=gerome jerry=gerry jerzy jesus
	jim jimmy jitendra joachim joao joaquim joaquin jochen=jochem joe joel joerg=jorg johan=johann johannes john jonas jonathan=johnathan=jonathon=johnathon joost
	jordi jorge jorgen=joergen joris jorn=joern jos jose=josef josef=joseph=jozef=yosef josep joshua jost josue juan juergen=jurgen jukka julian=julien juliano
	julio julius junior justin=justyn justus kaan kadir=kader kailash kaj kamal=kemal kamil kamlesh karam karim=kareem karthik=kartik kassem=qasim=kasim kazimierz
	kazuki kazuo keith ken kenan kenji kenneth=kennith kenta kevin=kevyn=kevan khaled=khalid=halid khalifa=khalifah kilian=killian kirill=kyrylo kishore=kishor
	kjeld kjell klaas knut koen koenraad konstantinos koray krishna krzysztof kumar kyle lachlan lambert lars lasse laszlo laurent laurin lauro
	lawrence=lawrance=lorenz lawson lazaro leander leandro lech leendert leif lennart leo leon leonard=leonhard leonardo leoncio leonid leopold leroy lester leszek
	lev levent levi lewis=louis=luis=luiz liam linus lionel=leonel lisandro lloyd=loyd lodewijk loic lorenzo lothar=lotar louay louie luan luca=luka
	lucas=lukas=lucasz lucian=lucien luciano lucio ludovic=ludwik ludwig luigi lukasz luke=luc lutz maciej mads magne magnus mahendra maher mahesh mahir
	mahmoud=mahmud=mahmood=mehmood majed=majid=majeed maksim=maxim=maxime malcolm=malcom malik=maleek malte manfred manish manoj mansour=mansur=mansoor manuel
	marc=mark marcel=marcell marcelo=marcello marcin marcio marco=marko=marcos=markos marcus=markus=marcuss marek mariano marinus mario mariusz marnix
	martin=marten=martyn=maarten martino marvin=marwin marwan=marouane masao mason massimo mateo=matteo mateu mateusz mathew=matthew=mathieu=matthieu
	mathias=matthias=matias=mattias matthijs=matthys matti maurice=morris mauricio=maurizio mauro max maximilian=maximillian maximo maxwell mazen=mazin
	mehdi=mahdi=mehedi mehmet=mahomet melchor melvin=melvyn mert mesut metin michael=micheal=mikael=mickael=michail=mikhail=micael=mykhailo michel michiel
	mieczyslaw miguel mike=maik mikel mikkel milan milos milton mirco=mirko miroslav=miroslaw mitchell=mitchel moaz=muaz modesto
	mohammed=muhammad=mohamed=mohammad=muhammed=mohamad=muhamed=muhamad=mohamud mohan mohsen=muhsin=mohsin moise=moses monty moritz morten mounir=munir=muneer
	mourad=murad=murat moussa=musa=mousa muharrem mukesh murilo mustafa=mostafa=mustapha=moustafa muzaffer myron nabil=nabeel nader=nadir naji naoki narciso
	narendra naresh nasir=nasser=nassir=naser nathan=nathen nathaniel=nathanael=nathanial naveen=navin nawaf neal=neil=niel=neill necati nelson nestor nicanor
	nicholas=nicolas=nikolas=nicolaas=nickolas=nikolaos niek niels=nils nigel nihat nikhil niklas=niclas=nicklas nikolai=nikolay=nikolaj nikolaus=nicolaus nilesh
	nilson nilton nitin nizar noah=noa noboru noe noel norbert norman=normann noud nuri octavio okan olaf=olav oleg oleksiy olivier=oliver olof
	omar=omer=umar=oumar omran ondrej onur orhan orlando osama=usama oscar=oskar osman osvaldo=oswaldo oswald otavio othmar=otmar=ottmar otto ove owen ozan ozgur
	pablo pankaj paolo par=paer pascal=paskal=pasqual pascual pasquale patrice patrick=patrik=patryk=padraig paul=pavel=pawel paulo pavlo pedro pekka percy pere
	petar peter=petr=piotr=pyotr petter phil pierre piet pieter pietro pim piotrek placido pradeep=pradip prakash prashant pravin=praveen prem primitivo
	quentin=quintin rabah rachid=rashid=rasheed radek radim radoslaw=radoslav raed=raid rafael=raphael=rafal raffaele rafik=rafiq ragnar rahul raimundo
	rainer=reiner rainier raj rajat rajendra rajesh=rajesch rajiv=rajeev rakesh ralf=ralph ram ramazan ramesh rami=ramy ramiro ramon=raymon ramzi=ramzy
	randall=randal raouf=rauf raoul=raul rasmus ravi ravindra=ravinder raymond=raimund=raimond=raymund recep=rejep reginald reinaldo reinhard=reinhardt=reinhart
	reinhold reinier remi=remy remo renan renato riad=riyad=riyadh ricardo=riccardo richard=rikard=ryszard rick ricky ridha=rida=reza rien rigoberto riza roar
	robert roberto robson rocco rod roderick=roderic rodney rodrigo rogelio roger=rodger rogerio rohan rohit roland=rolland rolando rolf romain roman romuald
	ronald=ronnald ronaldo ronan ross rostislav roy ruben=reuben rubens rudiger=ruediger rudolf=rudolph rudy rufino rufus ruslan russell=russel rutger ruud
	ryan=rian ryo saad saber=sabir sabri sachin sadiq=sadik safwan sahin said=saeed=saied salah=saleh salem salim=saleem=selim salman salvador salvatore samer
	sami=samy samir=sameer samuel=samuele sancho sandeep=sandip sander sandesh sandro sanjay sanjeev=sanjiv sanket santiago satish satoshi saturnino saul saurabh
	sayed scott=skott sean=shaun=shawn sebastian=sebastien=sebastiaan sebastiao sedat segundo selahattin selcuk semih semyon=semen serdar
	serge=sergei=sergey=serhiy=sergej sergij sergio serkan seth severin severino shadi shane shankar=sankar sharif=shareef=sherif shashi shigeru shinji shiva shota
	shyam siddharth sidnei siegfried sigmund=siegmund sigurd sigve silas silvan=sylvain=sylvan silvester=sylvester silvio simon sinan sindre sjoerd slavomir
	slawomir soren=soeren spencer srinivas=shrinivas staffan stanimir stanislav=stanislaw stanley stefan=stephan=steffan=steffen=stephane=stefanos stefano
	steffen=stephen=steven=stevan=stephon stepan sterling steve stewart=stuart stig stijn sture suat subhash sudhir suleiman=sulaiman=suleyman=soliman sunil
	surendra=surender suresh sven=swen=svend sverre tadeas tadeusz taha tahar=taher=tahir takashi takeshi takumi talal tamer tamim tapio taras tarek=tariq=tarik
	tarun tatsuya tawfik=taufik=toufik tayfun ted tekin teofilo terence=terrance=terrence=terance terje tetsuya teun thaddeus=thadeus thales
	theodor=theodore=teodor thibault=thibaut=thibaud thierry thijs thomas=tomas=tomasz thorben=torben thorsten=torsten tiago=thiago tibor tijs tilman=tillmann
	tim=timm timo timothy=timothee timur tobias todd tolga tom tomislav tommaso tony tor torbjorn=torbjoern tord=thord tore toshio trevor tristan trond turgay
	turgut tyler tyrone ubiratan uday udo ufuk ugo ugur ulf ulises ulrich umesh umut unai unal urban uwe vaclav vadim=vadym vagner=wagner valdir valentin=walentin
	valentino valerio varun vasil vasily=vasili=wassily=vasyl veli venkat vernon viacheslav=vyacheslav victor=viktor=wiktor vidal vidar vijay vikas vikram vinay
	vince vincent=vinzent vincente=vicente vincenzo vinicius vinod=vinodh virgil vishal vit vitali=vitaly=vitaliy=vitalij vito vitor vittorio vivek
	vladimir=wladimir=volodymyr vladislav=wladyslaw=vladyslav vlastimil vojtech volkan volker wade wael=wail waldemar=valdemar waleed=walid=oualid wallace walmir
	walter=walther=valter wanderley warren wassim=wasim wayne wellington=welington wenceslao wendell werner wesley=westley wessel wieslaw wilbur wilco
	wilfried=wilfred=wilfrid wilhelm willem william=wiliam willibald wim winfried winston wlodzimierz wojciech wolfgang wolfram wouter xabier xavi
	yacoub=yaqub=yakub=yakoub yahya=yahia yalcin yann yash yasin=yassin=yasser yavuz yazid=yazeed yevgeny=evgeny=evgeniy=yevgeniy yilmaz yogesh
	yosef=youssef=yousef=yusuf=yousuf=joussef yoshio younes=younis=yunus=younus yuri=yury=iouri=juri yusuke yuto yves=ives zachary=zachery=zackary=zacharie zafer
	zaid=zayd=zaki zakaria=zakariya=zakarya zbigniew zdenek zdzislaw zeki zenon ziad=zeyad=ziyad zoltan zygmunt
`;

/** Names of men here and of women there, or of both. */
export const EITHER = `
	akira alex ali alva amaury an andrea angel ariel ashley=ashleigh aubrey bailey billie cameron camille carey=cary carmel carol=carole carroll casey charlie
	chris claude cruz dale dana daniele danny deniz domi dominique eli emerson ezra frankie gabriele gail gale guadalupe hanh harley hayden hikaru hilary=hillary
	hong ira jackie jamie=jaime jan jean jesse=jessie jo joan jody=jodi jordan jude jules jun kai kaoru kelley kelly=kellie kendall kerry kim kiran kit lane
	laurence laverne lee=leigh lesley=leslie linh logan lou luca lynn=lynne mackenzie makoto marian marion marlin matty meredith merle michele mickey ming minh
	morgan nico nicola nikita nour=noor orla paris parker pascale pat paulin quinn rafi ray=rae reagan rene=renee reyes riley=reilly robbie robin=robyn ronnie rory
	rosario rowan sam sandy sascha=sasha shannon shay shea shelby sidney=sydney simone stacey=stacy stevie sunny syd taylor terry=terri thanh toby tommie toni
	tracy=tracey trinidad val valery wallis wei yuki zhenya
`;
