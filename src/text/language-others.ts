/**
 * The commonest words of languages that we do not know, but that look like one that we do: a text with more of these than
 * of ours is none of ours. By the language they would be taken for, and themselves.
 */
const OTHERS: Readonly<Record<string, string>> = {
  sv: 'och att det som en på är av för med den till ett om men var inte har jag de han från vid så kan när skulle sin ska under efter också eller sade där mot blev hade hos vara nu i dag år denna dessa mer än över alla',
  da: 'og i at det er en til på som de med den af for ikke der var har et han men om fra sig ved kan skal efter blev også eller vil være siger år nu mod over hun havde sin deres mere end',
  no: 'og i det er på til som en at for av med de har han ikke den om et var men fra ved seg kan skal etter ble også eller vil være sier år nå mot over hun hadde sin deres mer enn blir',
  fi: 'ja on ei että se hän oli joka mutta ovat kun myös sen mukaan ole ovat olla niin kuin tai jos vain siitä sitä hänen tämä nyt jo jonka mitä voi sekä vuoden vuonna kanssa jälkeen kertoo sanoo olisi ne heidän ennen vielä',
  et: 'ja on ei et see ta oli kes aga ka kui mis või siis nii selle oma oli tema pärast kuid seda veel ning olid enam juba pole ütles aasta kus saab üle',
  hu: 'a az és hogy nem is egy volt meg de van el csak már mint szerint azt ez még ha vagy amely pedig után majd után lesz ki fel közölte kell lehet több nagyon között',
  cs: 'a je se na že v to s do z o si by pro jako ve po ale byl jsou už od které jeho která podle jsem ze co než při také za jen k aby má byla i které až mezi nebo řekl který roce',
  sk: 'a je sa na že v to s do z o si by pre ako vo po ale bol sú už od ktoré jeho ktorá podľa som zo čo než pri tiež za len k aby má bola i až medzi alebo povedal ktorý roku',
  hr: 'i je u se na da za su od s a što o kako koji bi to iz nije će te ali koja po bio ne više do ili samo biti koje prema kao još nakon godine između rekao sve',
  sl: 'in je v se na da za so s ki z o po kot pa bi ne tudi do iz ali še bil kako ob pri od med že le kar smo bila leta povedal zaradi ter',
  ro: 'și în de la a cu pe din este care nu o să că un mai au pentru fost se ce sunt prin dar sau după fi va până ale al lui ei acest această cele despre când potrivit între fără iar astfel anul spus',
  ca: "el la de i que en a els les per un una amb és no del es al ha va dels l'hi ho més com però aquest aquesta han són seu seva també sobre fins entre s'ha qui quan molt ser pel tot anys segons ja sense després això als",
  gl: 'de a o que e do da en un unha para con non os as se na no por máis dos das como pero ao á é foi son ás aos polo pola nos nas moi seu súa este esta xa tamén onde cando ata entre sobre anos segundo despois ten está onte hoxe',
  eu: 'eta da ez du bat dute dira zen ere izan baina hau den dela egin zuen ditu baino hori beste gabe arte behar urte ziren dituzte bere nahi esan dago',
  af: "die en van in is het dat nie te vir wat met hy om ook op sy was aan by sal ek as kan maar word na of hulle daar n 'n een hierdie deur moet oor uit sê baie meer nog toe ons so haar jaar wees dit ná gister",
  lb: 'an de der dat ass vun fir mat net op eng och si ze den am wéi awer ginn hunn gëtt huet sinn bei zu um en aus nach no wann dass vum mir e well',
  id: 'yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke saya bisa ada mereka karena oleh telah sebagai tersebut atau adalah kata seperti lebih para kepada sudah kami tahun orang bahwa',
  vi: 'và của là có không các một được cho trong người với này đã những từ ở khi đến về ra như để tại năm cũng vào nhiều ngày sau theo ông bị hay',
  sq: 'të e në dhe i për me një nga që është u ka se nuk do si kjo ky janë më por pas edhe kanë ishte po kur duke mund shumë tij sipas',
  lt: 'ir kad su į yra iš ne kaip tai bet buvo jis už apie po nuo dar jau prie tik arba šio jo pagal metų jos yra kurie bus gali',
  lv: 'un ir ka ar no par uz kas arī tas bija bet kā to pēc nav vai ne gada lai šo pie līdz tika viņš tās jau vēl bija tikai kuru var',
  sw: 'na ya wa kwa ni katika za la kuwa cha kama hiyo huo huyo pia lakini baada yake hii kwamba ambao watu sasa mwaka alisema hilo',
  tl: 'ang ng sa na mga at ay ni si para hindi ito siya may nang mula kung pero din rin kanyang isang niya sila noong dahil ayon',
  ga: 'an na agus ar go is a i do le tá sé ach ag bhí leis mar as níl ó faoi sin seo siad mé chun ann nach',
  cy: 'y yn a i o yr ac ar mae ei am fod wedi gan ond eu ni oedd hyn bod fel ym cael hefyd dros at bydd hi',
  is: 'og í að á er sem var til við um en ekki hann með það af fyrir ekki þá hún eru hefur verið þess þar þegar segir frá eftir hafa',
  mt: 'li ta il u f fil ma għal minn dan din kien l jew mhux wara biex mill tal se kienet qal dawn huwa',
  bg: 'на и в за се от да са е с по не като си това че ще към които при до след който беше ни му го тя той обаче още или много има само през година',
  sr: 'и је у се на да за су од с а што о како који би то из није ће те али која по био не више до или само бити које према као још после године рекао',
  be: 'і ў на з што не у да за як па пра ад для гэта ён яна гэтым было быў але таксама пасля якія',
  yi: 'און די דער פון פֿון אין איז צו דאס דאָס מיט נישט האט האָט זיינען ער זי אז אַז וואס וואָס אויף ווי פאר פֿאַר זיך א אַ האבן האָבן אבער אָבער געווען דעם צי נאך נאָך',
  mr: 'आहे आणि या ते तर हे असे मात्र यांनी की त्या होते आहेत केली केले झाली झाले होता साठी मध्ये नाही म्हणून अशी त्यांनी पण',
  ne: 'छ र को मा लाई ले पनि गर्ने भएको गरेको हो छन् यो तर भने थियो भन्ने हुने गर्न बताए एक साथै उनले रहेको गरे',
};

export const OTHER_LANGUAGES: readonly string[] = Object.keys(OTHERS);

const sets = new Map<string, ReadonlySet<string>>();

/** The commonest words of a language that is none of ours. */
export function commonWords(other: string): ReadonlySet<string> {
  let set = sets.get(other);
  if (set === undefined) sets.set(other, (set = new Set((OTHERS[other] ?? '').split(' '))));
  return set;
}
