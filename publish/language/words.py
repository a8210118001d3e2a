"""The commonest words of languages that share a script.

They are the little words that every page holds; the order says nothing. Where two
languages are near, words that only one of them has were preferred.
"""

WORDS = {
    "en": "the of and to in is that it for was with as on be at by this are from or"
    " have an they which you had not but were what there can when your would their"
    " she he his her",
    "fr": "le la les de des du et un une est que qui dans en il elle pour pas au ce"
    " sur ne se plus par avec tout sont cette mais ou vous nous je son sa ses aux"
    " c'est d'un d'une qu'il était n'est comme",
    "de": "der die das und ist nicht ein eine zu den mit von sich auf für im dem es"
    " als auch sie wie er ich aus bei oder nach werden einen so des man wird sind"
    " noch zum zur über wenn kann durch einer daß dass",
    "es": "el la los las de del que en y un una es por con no para se al lo como más"
    " su pero sus le ya este si está cuando muy sin sobre también hasta hay o donde"
    " puede son esta desde",
    "pt": "o a os as de do da dos das que em e um uma é por com não para se no na"
    " como mais ao seu sua mas pelo pela ou quando muito isso também até você está"
    " são nos nas pode ele foi esta",
    "it": "il la lo gli le di del della dei delle che in e un una è per con non si da"
    " come più al alla nel nella ma sono anche o se questo questa suo ha i dal dell"
    " può essere degli quando",
    "ca": "el la els les de del dels que en i un una és per amb no es al com més seu"
    " seva però també aquest aquesta ha són pel sense o quan fins molt va ser dels"
    " són té",
    "nl": "de het een en van is in dat op te zijn met voor niet die er aan als ook"
    " maar om bij naar kan deze door ik je hij was worden of wordt uit nog over wat"
    " heeft dit hebben",
    "af": "die en van is in dat het op te nie vir met sy wat as hy om ook aan word"
    " deur maar n ek jy ons hulle kan sal",
    "sv": "och att det en är på som för av den med inte till ett har om jag de var"
    " från men kan så när eller vid också hon han du ska alla mycket utan efter",
    "da": "og at det en er på som for af den med ikke til et har om jeg de var fra"
    " men kan så når eller ved også hun han du skal alle meget efter blev hvad nogle"
    " mig sig dig",
    "nb": "og at det en er på som for av den med ikke til et har om jeg de var fra"
    " men kan så når eller ved også hun han du skal alle mye etter ble hva noen meg"
    " seg deg",
    "fi": "ja on ei se että hän oli ovat mutta niin kun kuin voi myös jos tai joka"
    " sen ole sitä mitä olla minä tämä kanssa ovat jotka nyt vain mukaan",
    "et": "ja on ei see et ta oli kui ka aga või mis kes oma ning siis nii seda ma"
    " veel nagu välja kuid olid tema",
    "pl": "i w na z się nie do to że jest o jak a od po co dla za tak lub ale jego"
    " przez są ten czy może już tylko przy być oraz który które jej pod być można",
    "cs": "a v na je se že to s z do o pro ale jako jsou od i by jeho po co tak za"
    " nebo když který které ve být bylo byl jen také už ze jsem pokud můžete",
    "sk": "a v na je sa že to s z do o pre ale ako sú od aj by jeho po čo tak za"
    " alebo keď ktorý ktoré vo byť bolo bol len tiež už zo som ak môžete",
    "sl": "in v na je se da za ki so z s ne pa kot tudi po ali če bi od lahko pri kar"
    " ni iz do bo kako te to njegov vse ko sem še biti katere",
    "hr": "i u na je se da za koji su s ne a kao od te ili što bi nije iz do će kako"
    " to sve samo sam može koja koje ako bio gdje prema biti nakon tko",
    "sr-Latn": "i u na je se da za koji su sa ne a kao od ili što bi nije iz do će"
    " kako to sve samo sam može koja koje ako bio gde prema biti nakon ko šta deo",
    "hu": "a az és hogy nem is egy ez meg van volt csak de ha mint vagy el már még"
    " azt aki ami kell lehet itt le minden nagyon fel után ezt",
    "ro": "și de în la a cu pe nu este un o să din care mai că pentru sau dar dacă"
    " sunt se ce ca al ai fi prin lui sa poate când ale foarte fost cele",
    "tr": "ve bir bu da de için ile ne o çok gibi daha olarak ama var sonra kadar"
    " olan en ya her şey değil ben mi ki veya diye olduğu eğer",
    "id": "yang dan di dengan untuk dari ini tidak itu pada adalah dalam ke akan juga"
    " atau bisa anda ada saya oleh karena seperti lebih sebuah jika dapat kita mereka"
    " telah",
    "vi": "và của là có không được một cho trong người các những đã với này để khi"
    " như cũng từ thì ra ở nhưng đó tôi về lại bạn",
    "lt": "ir yra kad tai į iš su kaip bet ar o buvo jis ne už nuo apie taip dar jau"
    " savo jo tik po kai",
    "lv": "un ir ka no ar uz par kas bet arī tas kā lai vai bija viņš viņa pie to tā"
    " ne es nav jo kur",
    "eo": "la kaj de en estas ne al ke mi li kun por sed kiel pli tio oni ĉi el ŝi ĝi"
    " estis ili kiu sur pri",
    "ru": "и в не на что он с как а то это по но из у к за от так же для о или его"
    " был вы бы если она они все только еще ещё чтобы может мы было при",
    "uk": "і в не на що він з як а то це по але із у до за від так же для про або"
    " його був ви та якщо вона вони все тільки ще щоб може ми було при є й",
    "be": "і ў не на што ён з як а то гэта па але да за ад так жа для пра або яго"
    " быў вы калі яна яны усё толькі яшчэ каб можа мы было",
    "bg": "и в не на че той с как а то това по но от у към за така ще да се са или"
    " му беше вие ако тя те всички само още може ние си със във което които",
    "sr": "и у на је се да за који су са не а као од или што би није из до ће како то"
    " све само сам може која које ако био где према бити",
    "mk": "и во на е се да за кој со не а како од или што би не од до ќе тоа сè само"
    " сум може која кои ако беше каде ова",
    "ar": "في من على إلى أن هذا هذه التي الذي لا ما عن كان مع هو هي أو ثم قد كل بعد"
    " لم ذلك كما بين إذا أي يمكن عند غير حتى و",
    "fa": "و در به از که این را با است آن برای یک می تا بر نیز هم ما شما اگر هر خود"
    " شده بود یا کرد های کنید باید ولی دیگر چه شود",
    "ur": "کے میں کی ہے اور سے کا کو نے پر یہ ہیں اس کہ ایک نہیں بھی تھا ہو وہ تو جو"
    " کر لیے ہم اپنے کیا گیا تھے",
    "ps": "د په او چې کې له ته دا سره يې دی هغه شي پر نه دي څخه هم لپاره",
}
