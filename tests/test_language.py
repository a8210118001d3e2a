"""Which language a text is in, which way it runs, and the tool's words in it."""

from dataclasses import fields

import pytest

from publish.config.relators import RELATORS
from publish.language import (
    Labels,
    direction,
    guess_language,
    in_digits,
    is_language_tag,
    labels,
    language_hint,
    mistakable,
    script_of,
)
from publish.language.labels import _credits, _table

# A few lines of prose in each language, hardly more than the least that says anything.
PROSE = {
    "en": "The old house stands by the sea, and in the evening there is a lamp"
    " in the window. It was not far from the town, but they had never been"
    " to it.",
    "fr": "La vieille maison est près de la mer, et le soir il y a une lampe à"
    " la fenêtre. Elle n'était pas loin de la ville, mais nous ne l'avons"
    " pas vue.",
    "de": "Das alte Haus steht am Meer, und am Abend ist eine Lampe im Fenster."
    " Es war nicht weit von der Stadt, aber wir haben sie nicht gesehen.",
    "es": "La casa vieja está cerca del mar, y por la noche hay una lámpara en"
    " la ventana. No era lejos de la ciudad, pero no la hemos visto cuando"
    " está sin luz.",
    "it": "La vecchia casa è vicino al mare, e la sera c'è una lampada alla"
    " finestra. Non era lontana dalla città, ma non si vede più quando il"
    " cielo è scuro.",
    "pt": "A velha casa fica perto do mar, e à noite há uma lâmpada na janela."
    " Não era longe da cidade, mas você não a vê quando o céu está muito"
    " escuro.",
    "nl": "Het oude huis staat aan de zee, en in de avond is er een lamp voor"
    " het raam. Het was niet ver van de stad, maar wij hebben het niet"
    " gezien.",
    "pl": "Stary dom stoi nad morzem, a wieczorem w oknie jest lampa. Nie było"
    " daleko do miasta, ale już go nie ma, tak jak nie ma tych, którzy"
    " przez lata tam byli.",
    "ro": "Casa veche este lângă mare, și seara este o lampă la fereastră. Nu"
    " era departe de oraș, dar nu se vede când cerul este mai întunecat și"
    " plouă din nou.",
    "cs": "Starý dům stojí u moře a večer je v okně lampa. Nebylo to daleko od"
    " města, ale když je tma, už ho není vidět, protože by tam musel být"
    " jen měsíc.",
    "sl": "Stara hiša stoji ob morju in zvečer je v oknu svetilka. Ni bila"
    " daleč od mesta, ali pa je še vedno tam, saj lahko vidimo tudi njeno"
    " luč, ki sveti.",
    "ru": "Старый дом стоит у моря, и вечером в окне горит лампа. Он был не так"
    " далеко от города, но мы его не видели, потому что это было ещё до"
    " войны.",
    "uk": "Старий будинок стоїть біля моря, і ввечері у вікні горить лампа. Він"
    " був не так далеко від міста, але ми його не бачили, бо це було ще до"
    " війни.",
    "el": "Το παλιό σπίτι είναι κοντά στη θάλασσα, και το βράδυ υπάρχει μια"
    " λάμπα στο παράθυρο. Δεν ήταν μακριά από την πόλη.",
    "fa": "خانهٔ قدیمی کنار دریا است و شب‌ها چراغی در پنجره روشن می‌شود. این"
    " خانه از شهر دور نبود، ولی ما آن را ندیده بودیم و راه را هم"
    " نمی‌دانستیم که به کجا می‌رود.",
    "ar": "البيت القديم على شاطئ البحر، وفي المساء هناك مصباح في النافذة. لم"
    " يكن بعيدا عن المدينة، لكن هذا البيت الذي رأيناه من قبل لا يسكنه أحد"
    " إلى اليوم.",
    "he": "הבית הישן עומד ליד הים, ובערב יש מנורה בחלון. הוא לא היה רחוק מן"
    " העיר, אבל אנחנו לא ראינו אותו אף פעם מקרוב.",
    "ur": "پرانا گھر سمندر کے کنارے ہے اور شام کو کھڑکی میں ایک چراغ ہوتا ہے۔"
    " یہ شہر سے دور نہیں تھا، لیکن ہم نے اس کو کبھی نہیں دیکھا اور نہ وہ"
    " کسی کا ہے۔",
    "tr": "Eski ev denizin yanında durur ve akşam pencerede bir lamba yanar. Bu"
    " ev şehirden çok uzak değil ama biz onu daha önce hiç görmedik, ne"
    " var ki her gece yanar.",
    "id": "Rumah tua itu berada di tepi laut, dan pada malam hari ada lampu di"
    " jendela. Rumah ini tidak jauh dari kota, tetapi kita tidak bisa"
    " melihatnya karena gelap.",
    "ja": "古い家は海のそばに立っていて、夕方になると窓にランプがともる"
    "。町から遠くはなかったが、私たちはまだその家を見たことがなか"
    "った。冬の海はとても静かだった。",
    "ko": "오래된 집은 바닷가에 서 있고 저녁이면 창가에 등불이 켜진다. 마을에서"
    " 멀지 않았지만 우리는 그 집을 본 적이 없었다. 겨울 바다는 아주 조용했다.",
    "zh-Hans": "老房子在海边,晚上窗户里有一盏灯。它离城里不远,但是我们从来"
    "没有看见过这个地方。冬天的时候,门总是关着的。",
    "zh-Hant": "老房子在海邊,晚上窗戶裡有一盞燈。它離城裡不遠,但是我們從來"
    "沒有看見過這個地方。冬天的時候,門總是關著的。",
    "hi": "पुराना घर समुद्र के किनारे है और शाम को खिड़की में एक दीपक जलता है।"
    " वह शहर से दूर नहीं था, पर हमने उसे कभी नहीं देखा।",
    "sv": "Det gamla huset står vid havet, och på kvällen är det en lampa i"
    " fönstret. Det var inte långt från staden, men vi har inte sett det"
    " sedan dess.",
    "fi": "Vanha talo on meren rannalla, ja illalla ikkunassa on lamppu. Se ei"
    " ollut kaukana, mutta emme ole nähneet sitä, kun se oli vielä niin"
    " uusi kuin nyt.",
    "hu": "A régi ház a tenger mellett áll, és este egy lámpa van az ablakban."
    " Nem volt messze a várostól, de mi még nem láttuk, csak azt tudjuk,"
    " hogy ez itt van.",
}


@pytest.mark.parametrize("language", PROSE)
def test_a_language_is_known_by_its_script_and_little_words(language: str) -> None:
    assert guess_language(PROSE[language]) == language


def test_code_addresses_and_tags_are_no_words() -> None:
    code = "```go\nfor the and of it is in that was with not but\n```\n" * 40
    text = f"{code}\n{PROSE['de']}\n`and the of` [hier](https://a.com/the/of/and)\n"

    assert guess_language(text) == "de"
    assert guess_language(code) == ""


@pytest.mark.parametrize(
    "quoted",
    [
        "::: {lang=en}\nEN\n:::\n",
        "> ::: {.verse lang=en}\n> EN\n> :::\n",
        "[EN]{lang=en}",
        '<q class="a" lang="en">EN</q>',
        '[x]{.index entry="EN"}',
        "<!-- EN\n -->",
    ],
)
def test_what_says_its_language_or_is_an_attribute_is_not_counted(quoted: str) -> None:
    passages = [quoted.replace("EN", PROSE["en"])] * 3

    assert guess_language("\n".join(["", *passages, PROSE["fa"], ""])) == "fa"


@pytest.mark.parametrize("text", ["", "# Hello", "12 34 56", "---", "xq zw kv " * 30])
def test_what_says_nothing_gives_no_language(text: str) -> None:
    assert guess_language(text) == ""


def test_a_persian_text_full_of_english_terms_stays_persian() -> None:
    text = PROSE["fa"] + " Markdown Pandoc HTML GitHub Flavored "

    assert guess_language(text) == "fa"


def test_neighbours_are_no_proof_against_each_other() -> None:
    assert mistakable("da", "nb")
    assert mistakable("en-GB", "en")
    assert not mistakable("en", "fr")


@pytest.mark.parametrize(
    ("tag", "script", "way"),
    [
        ("en", "Latn", "ltr"),
        ("fa", "Arab", "rtl"),
        ("he-IL", "Hebr", "rtl"),
        ("ur", "Arab", "rtl"),
        ("az-Arab", "Arab", "rtl"),
        ("ks-Deva", "Deva", "ltr"),
        ("zh-TW", "Hant", "ltr"),
        ("sr-Latn", "Latn", "ltr"),
        ("qq", "", "ltr"),
    ],
)
def test_the_script_decides_the_direction(tag: str, script: str, way: str) -> None:
    assert script_of(tag) == script
    assert direction(tag) == way


@pytest.mark.parametrize(
    "tag",
    ["en", "en-GB", "zh-Hant-TW", "sl-rozaj-biske", "de-CH-1901", "es-419", "en-x-us"],
)
def test_a_language_tag_is_well_formed(tag: str) -> None:
    assert is_language_tag(tag)


@pytest.mark.parametrize("words", ["english", "en_GB", "", "e", "en-", "Deutsch!"])
def test_words_are_no_language_tag(words: str) -> None:
    assert not is_language_tag(words)


def test_the_english_name_of_a_language_gives_its_tag() -> None:
    assert language_hint("german") == 'did you mean "de"?'
    assert language_hint("pt_BR") == 'did you mean "pt-BR"?'
    assert language_hint("gibberish") == ""


def test_every_language_has_every_label_and_none_is_left_empty() -> None:
    for tag, words in _table().items():
        for field in fields(Labels):
            assert getattr(words, field.name).strip(), (tag, field.name)


@pytest.mark.parametrize(
    ("tag", "contents"),
    [
        ("en-GB", "Contents"),
        ("de-AT", "Inhalt"),
        ("fa", "فهرست"),
        ("no", "Innhold"),
        ("zh", "目录"),
        ("zh-TW", "目錄"),
        ("zh-Hant-HK", "目錄"),
        ("sr-Latn-RS", "Sadržaj"),
        ("tlh", "Contents"),
    ],
)
def test_labels_are_found_by_the_nearest_tag(tag: str, contents: str) -> None:
    assert labels(tag).contents == contents


def test_every_word_for_people_has_a_place_for_their_names() -> None:
    for tag, words in _credits().items():
        assert tag in _table()
        for role, said in words.items():
            assert role == "join" or said.count("{}") == 1, (tag, role)
            assert role == "join" or role in RELATORS, (tag, role)


@pytest.mark.parametrize(
    ("language", "digits"),
    [
        ("fa", "۲.۱۰"),
        ("ar-EG", "٢.١٠"),
        ("ar-MA", "2.10"),
        ("he", "2.10"),
        ("en", "2.10"),
    ],
)
def test_numbers_have_the_digits_of_their_language(language: str, digits: str) -> None:
    assert in_digits("2.10", language) == digits
