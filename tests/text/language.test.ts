import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../src/text/language.ts';
import { ARTICLE_LANGUAGES, articleIn } from './articles.ts';

describe('the language of a text', () => {
  it.each(ARTICLE_LANGUAGES)('tells an article in %s', (lang) => {
    expect(detectLanguage(articleIn(lang).text)).toBe(lang);
  });

  it.each([
    ['too little', 'Ok'],
    ['no letters', '12:30 — 14:45'],
    ['a few words that two languages have', 'Due in a minute.'],
    ['one small word that another language has', 'Man United win'],
    [
      'Italian that may be Spanish',
      'La prima stagione si apre con una opera nuova del compositore Davide Salmeri a Marrowby.',
    ],
    ['Swedish', 'Regeringen presenterade i dag sin nya budget och sade att skatterna inte ska höjas under nästa år.'],
    [
      'Swedish at length',
      'Kommunen öppnade på måndagen den nya bron över älven efter två års arbete. Det är den största bron i länet, säger borgmästaren. Många hade väntat på att få köra över den, men det blev kö redan första dagen.',
    ],
    [
      'Danish',
      'Kommunen åbnede mandag den nye bro over åen efter to års arbejde. Det er den største bro i området, siger borgmesteren, men der er ikke råd til at holde den åben om natten.',
    ],
    [
      'Norwegian',
      'Kommunen åpnet mandag den nye broen over elva etter to års arbeid. Det er den største broen i fylket, sier ordføreren, men det er ikke penger til å holde den åpen om natten.',
    ],
    [
      'Finnish',
      'Kaupunki avasi maanantaina uuden sillan joen yli kahden vuoden työn jälkeen. Silta on läänin suurin, ja sen mukaan kulkee päivittäin yhdeksän tuhatta autoa. Pormestari sanoo, että työ oli vaikea.',
    ],
    [
      'Estonian',
      'Linn avas esmaspäeval uue silla üle jõe pärast kaheaastast tööd. See on maakonna suurim sild ja selle ehitus läks maksma üheksa miljonit, ütles linnapea, kuid öösel on see kinni.',
    ],
    [
      'Hungarian',
      'A város hétfőn megnyitotta az új hidat a folyó felett két év munka után. Ez a megye legnagyobb hídja, és a polgármester szerint nem volt könnyű, de már minden nap kilencezer autó megy át rajta.',
    ],
    [
      'Czech',
      'Město v pondělí otevřelo nový most přes řeku po dvou letech práce. Je to největší most v kraji a starosta řekl, že se na něj čekalo dlouho, ale v noci bude zavřený.',
    ],
    [
      'Romanian',
      'Orașul a deschis luni noul pod peste râu după doi ani de lucrări. Este cel mai mare pod din județ, iar primarul a spus că nu a fost ușor, dar că zilnic trec pe el nouă mii de mașini.',
    ],
    [
      'Catalan',
      'L’ajuntament va obrir dilluns el nou pont sobre el riu després de dos anys d’obres. És el pont més gran de la comarca i l’alcaldessa va dir que no ha estat fàcil, però que ja hi passen nou mil cotxes.',
    ],
    [
      'Galician',
      'O concello abriu o luns a nova ponte sobre o río despois de dous anos de obras. É a ponte máis grande da comarca e a alcaldesa dixo que non foi doado, pero que xa pasan por ela nove mil coches ao día.',
    ],
    [
      'Afrikaans',
      'Die stad het Maandag die nuwe brug oor die rivier geopen ná twee jaar se werk. Dit is die grootste brug in die streek en die burgemeester sê dit was nie maklik nie, maar dat daar elke dag nege duisend motors oor ry.',
    ],
    [
      'Croatian',
      'Grad je u ponedjeljak otvorio novi most preko rijeke nakon dvije godine radova. To je najveći most u županiji i gradonačelnik je rekao da nije bilo lako, ali da preko njega već ide devet tisuća automobila.',
    ],
    [
      'Indonesian',
      'Pemerintah kota membuka jembatan baru di atas sungai itu pada hari Senin setelah dua tahun. Ini adalah jembatan yang paling besar di daerah tersebut dan wali kota mengatakan tidak mudah untuk membangunnya.',
    ],
    [
      'Kurdish',
      'شارەوانی ڕۆژی دووشەممە پردی نوێی سەر ڕووبارەکەی دوای دوو ساڵ کار کردەوە و سەرۆکی شارەوانی گوتی کارەکە ئاسان نەبوو.',
    ],
    [
      'Yiddish',
      'די שטאָט האָט מאָנטיק געעפֿנט די נײַע בריק איבערן טײַך נאָך צוויי יאָר אַרבעט. דאָס איז די גרעסטע בריק אין דער געגנט, און דער בירגערמײַסטער האָט געזאָגט אַז עס איז נישט געווען גרינג.',
    ],
    [
      'Bulgarian',
      'Общината откри в понеделник новия мост над реката след две години работа. Това е най-големият мост в областта и кметът каза, че не е било лесно, но че по него вече минават девет хиляди коли.',
    ],
    [
      'Marathi',
      'महापालिकेने सोमवारी नदीवरील नवा पूल सुरू केला आहे. दोन वर्षांच्या कामानंतर हा पूल तयार झाला असून महापौर यांनी सांगितले की हे काम सोपे नव्हते आणि त्यासाठी मोठा खर्च झाला.',
    ],
    ['Danish in a few words', 'Minister afviser kritik af ny lov om skoler'],
    ['Danish in a few words more', 'Kommunen lukker den gamle havn efter to års strid'],
    ['Catalan in a few words', 'El govern aprova la nova llei de ports'],
    ['Catalan in a few words more', 'La policia deté un home després de l’incendi'],
    ['Czech in a few words', 'Starosta říká že most není bezpečný'],
    ['Urdu', 'حکومت نے آج نئے بجٹ کا اعلان کیا ہے اور کہا ہے کہ ٹیکس نہیں بڑھائے جائیں گے۔'],
    ['Bashkir', 'Бөгөн ҡалала яңы китапхана асылды, унда меңдән ашыу китап бар.'],
  ])('says it cannot tell: %s', (_, text) => {
    expect(detectLanguage(text)).toBe('und');
  });

  it.each([
    ['en', 'Smørrebrød is back on the menu in the town'],
    ['es', 'El ayuntamiento cierra el puerto tras dos años de lucha'],
    ['fr', 'La mairie ferme le port après deux ans de lutte'],
    ['de', 'Drei Menschen sterben bei einem Unfall in Århus'],
    ['pl', 'Trzy osoby zginęły w wypadku pod Łodzią'],
    ['uk', 'За цей час вагон проїхав сто кілометрів'],
    ['fa', 'نخستین کتابخانهٔ شناور کشور'],
    ['ar', 'افتتحت المدينة الجسر الجديد يوم الاثنين'],
    ['es', 'El ayuntamiento abrió el lunes el nuevo puente sobre el río tras dos años de obras, dijo la alcaldesa.'],
    [
      'pt',
      'A câmara abriu na segunda-feira a nova ponte sobre o rio depois de dois anos de obras, disse a presidente.',
    ],
    ['fr', 'La mairie a ouvert lundi le nouveau pont sur la rivière après deux ans de travaux, selon la maire.'],
    ['it', 'Il comune ha aperto lunedì il nuovo ponte sul fiume dopo due anni di lavori, ha detto la sindaca.'],
    ['de', 'Die Stadt hat am Montag die neue Brücke über den Fluss nach zwei Jahren Bauzeit geöffnet.'],
    ['nl', 'De gemeente heeft maandag de nieuwe brug over de rivier na twee jaar werk geopend, zei de burgemeester.'],
    ['pl', 'Miasto otworzyło w poniedziałek nowy most nad rzeką po dwóch latach prac, jak powiedziała burmistrzyni.'],
    ['en', 'The council opened the new bridge over the river on Monday after two years of work, the mayor said.'],
    ['tr', 'Belediye, iki yıllık çalışmanın ardından nehir üzerindeki yeni köprüyü pazartesi günü açtı ve bu çok iyi.'],
    ['ru', 'Власти города открыли в понедельник новый мост через реку после двух лет работ, сообщил мэр.'],
    ['uk', 'Міська влада відкрила в понеділок новий міст через річку після двох років робіт, але не для всіх.'],
    ['he', 'העירייה פתחה ביום שני את הגשר החדש מעל הנהר אחרי שנתיים של עבודה, אמר ראש העיר.'],
    ['fa', 'شهرداری روز دوشنبه پل تازه را بر رودخانه پس از دو سال کار افتتاح کرد و گفت که آسان نبود.'],
    ['hi', 'नगर परिषद ने सोमवार को नदी पर नया पुल दो साल के काम के बाद खोल दिया और कहा कि यह आसान नहीं था।'],
  ])('knows its own neighbours from those: %s', (lang, text) => {
    expect(detectLanguage(text)).toBe(lang);
  });
});
