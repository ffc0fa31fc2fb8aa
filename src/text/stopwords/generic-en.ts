/** English words that name no topic: generic nouns of news prose, colourless adjectives and adverbs. Our own list. */
export const GENERIC_EN = `
  ability able absolutely account act action actions actually addition age ago agreement amount answer apparent
  apparently area areas asked attempt available average aware bad bar based basis beginning best better big bigger
  biggest billion bit board body book bottom box boy break bring building business busy case cases cause center centre
  central century certain certainly chance change changes chief choice city clear clearly close code colleague
  colleagues comment comments common community companies company complete completely concern concerns condition
  conditions consider continue control copy correct cost costs countries country couple course current currently data
  date day days dead deal decade decades decision deep degree despite detail details develop development difference
  different difficult direct direction director dollar dollars door dozen dozens due early earlier easily easy edge
  effect effects effort efforts eight eleven email end ended enough entire equal especially evening event events
  eventually evidence exactly example executive expected experience expert experts extra extremely eye eyes face fact
  facts fail fair fall family famous far fast favor father favorite fear feature feel feeling feet field fifth fifty
  figure figures final finally fine finish five floor focus foot force former forward found four fourth free friend
  friends front full fully function fund funny future game general generally girl given goal goals good government
  grand great greater ground group groups growing growth guy guys half hand hands happy hard head hear heart heavy
  held help high higher highest highly hit hold home homes hope hour hours house huge human hundred hundreds hurt idea
  ideas image images immediate immediately impact important including increase increasingly incredible indeed
  individual individuals information inside instance interest interested interview involved issue issues item items
  job jobs join july june key kid kids kind kinds king large larger largest late later latest lead leader leaders
  leading lead leave left legal length less letter level levels lie life light likely limited line lines list little
  live lives living local location long longer look loss lost lot lots love low lower lowest main major majority man
  manager march mark market matter maybe mean means measure media medium meet meeting member members men mention
  message method middle might mile miles million millions mind minor minute minutes miss mistake moment monday money
  month months morning mother mr mrs ms movement multiple name named names national nation natural nature nearby
  necessary neighbor news next nice night nine normal note notes nothing notice number numbers numerous objects obvious
  offer office officer officers official officials old older one ones open opening operation opinion opportunity option
  options order ordinary organization original outside overall owner owners page pages pain paper parent parents part
  particular particularly parties partner parts party past path patients pay people percent percentage perfect period
  permanent person personal phase phone photo photos picture pictures piece pieces place places plan plans play
  player players plenty point points police poor popular position positive possibility possible potential
  potentially power powerful practice present president press pressure pretty previous previously price prices
  primary private probably problem problems process product products professional program programs progress project
  projects proper proposal public purpose quality quarter question questions quick quickly quiet race range rare rate
  rates reach ready real reality really reason reasons recent recently record red regional regular related
  relationship relatively remaining remarks reporter reporters request researcher researchers respect response
  responsible rest result results return review right rights rise risk road role room round rule rules run safe
  saturday scale scene schedule school season seat second seconds secretary section security senior sense separate
  series serious service services session set seven several share shares short shot show side sign significant similar
  simple simply single site sites situation six size skill slow small smaller smart son soon sort source sources space
  special specific speech spokesman spokesperson spokeswoman spring staff stage stand standard start state statement
  statements states station status step steps stock stop store stories story straight strange strategy street strong
  student students study style subject success successful sudden suddenly summer sunday sure surface surprise system
  systems table talk talks target task team teams tell ten term terms test text thing things third thirty thought
  thousand thousands threat three thursday tie time times tiny title today tomorrow ton tonight tool tools top topic
  total touch tour town track traditional training treatment trip trouble true trust truth tuesday turn tv twelve
  twenty type types typical typically unable unit units unknown unlikely user users usual usually value variety various
  version victim victims video videos view views visit visitors voice volume vote walk wall war warm way ways wednesday
  week weekend weeks weight west wide wife window winner winter wish woman women wonder word words work worker workers
  working works world worse worst worth wrong year years yesterday young younger zero
  january february april august september october november december mon tue wed thu fri sat sun
  friday spokespeople foreign ahead latest rs sir latter ways non inc ltd mr. etc lot info sept oct nov dec jan feb apr aug analyst analysts editor author reader readers article report reports column post posts tweet tweets
  teacher teachers nurse nurses doctor doctors driver drivers lawyer lawyers resident residents neighbour neighbours
  neighbors witness witnesses passenger passengers customer customers collapse crash accident incident favourite favourites
  favorites denial warning warnings ruling decision inquiry jury juror jurors spokesmen guest guests inspector map maps
  update updates headline copyright advertisement newsletter correspondent staff source cents cent pounds
`;

/** English verbs of news prose in their base form; the other forms are worked out. Our own list. */
export const VERBS_EN = `
  accept accuse achieve add address admit advise affect agree aim allege allow announce appear apply approve argue
  arrange arrest arrive ask assume attend avoid ban base become begin believe belong blame block break bring build
  burn buy call calm care carry catch cause celebrate challenge change charge choose cite claim clear close collect
  come compare complain complete confirm connect consider contain continue contribute convince cover create criticize
  cry cut damage deal decide declare decline defend deliver demand deny depend describe deserve design destroy
  determine develop die disappear discover discuss double draw dress drive drop earn eat eliminate emerge enable
  encourage end enjoy enter establish estimate exist expect explain expose express extend face fail fall feature feed
  feel fight figure fill find finish fit flee fly focus follow force forget form gain gather generate give go grow
  guess handle hang happen hate hear help hide hit hold hope hurt identify ignore imagine improve include increase
  indicate influence insist intend introduce invest investigate invite involve join jump keep kick kill know lack
  last laugh launch lay lead learn leave lend let lie lift limit link listen live look lose love maintain make manage
  mark mean measure meet mention mind miss move name note notice obtain occur offer open operate oppose order owe own
  participate pass pay perform pick place plan play plead point pose predict prefer prepare present press prevent
  produce promise promote propose protect prove provide publish pull push put quit raise reach read realize receive
  recognize recommend reduce refer reflect refuse reject release remain remember remind remove repeat replace report
  represent require resign resolve respond rest restore result return reveal ring rise roll rule run rush save say
  see seek seem sell send serve set settle shake share shoot show shut sign sing sit sleep slow smile solve sound
  speak spend spread stand start state stay steal stick stop strike struggle study succeed suffer suggest suit support
  suppose survive suspect take talk teach tell tend test thank think threaten throw touch train travel treat try turn
  understand urge use vary visit vote wait wake walk want warn watch wear win wish wonder work worry write yield
  denounce condemn slam vow hail mull oust sue seize tout blast unveil defy accuse urge inch vie pledge halt scrap ink
  got gone went came took made gave said told left led held kept brought bought caught taught thought fought sought sent
  spent built lost won met sat stood understood felt dealt meant heard paid laid began begun became broke broken chose
  chosen drew drawn drove driven ate eaten fell fallen flew flown forgot forgotten froze grew grown hid hidden knew known
  rode rose risen ran saw seen shook shaken showed shown sang sank spoke spoken stole stolen swam threw thrown wore worn
  wrote written swore struck stuck sold slept shot read
`;
