/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who lives in the world the shop sells to: names and addresses in many scripts. All are made up.
 */
#include "wb-town-people.h"

#include <string.h>

typedef struct
{
  const char *city;
  const char *postcode;
  const char *state;
} Place;

typedef struct
{
  const char *country;
  const char *first[8];
  const char *last[8];
  const char *streets[8]; /* with %u for the number */
  Place       places[6];
  const char *phone;
} Folk;

static const Folk folks[WB_TOWN_N_FOLKS] = {
  [WB_TOWN_FOLK_GERMAN] = {
    "DE",
    { "Jörg", "Käthe", "Ännchen", "Sören", "Lütfiye", "Weiß-Anna", "Günther", "Mia" },
    { "Müller", "Größler", "Schön-Weiß", "Öztürk", "Jäger", "von der Höh", "Strauß", "Ebersbächer" },
    { "Schönhauser Allee %u", "Straße des 17. Juni %u", "Große Bäckerstraße %u", "Am Rübenfeld %u",
      "Löwengasse %u", "Prof.-Krüger-Weg %u", "Hauptstraße %ua", "Zum Süßen Grund %u" },
    { { "Berlin", "10435", "DE-BE" }, { "Köln", "50667", "DE-NW" }, { "München", "80331", "DE-BY" },
      { "Görlitz", "02826", "DE-SN" }, { "Lübeck", "23552", "DE-SH" }, { "Weißenfels", "06667", "DE-ST" } },
    "+49 30 %07u",
  },
  [WB_TOWN_FOLK_FRENCH] = {
    "FR",
    { "Éloïse", "François", "Anaïs", "Gaëlle", "Rémi", "Zoé", "Loïc", "Cécile" },
    { "L’Hôpital", "Lefèvre", "D’Aubigné", "Çelik", "Bœuf", "Noël", "Crêpeau", "Hébert" },
    { "%u bis, rue de l’Église", "%u, allée des Châtaigniers", "%u, quai de la Mégisserie", "%u, rue du Bœuf",
      "%u, impasse Noël", "%u, rue Crébillon", "%u, place d’Armes", "%u, chemin de l’Île" },
    { { "Paris", "75011", "" }, { "Orléans", "45000", "" }, { "Saint-Étienne", "42000", "" },
      { "Nîmes", "30000", "" }, { "Besançon", "25000", "" }, { "Châteauroux", "36000", "" } },
    "+33 1 %08u",
  },
  [WB_TOWN_FOLK_POLISH] = {
    "PL",
    { "Żaneta", "Łukasz", "Świętosława", "Grzegorz", "Małgorzata", "Józef", "Bożena", "Kałużny" },
    { "Brzęczyszczykiewicz", "Śliwińska", "Żółć", "Łącki", "Gżegżółka", "Wójcik", "Dąbrowski", "Źrebiec" },
    { "ul. Żwirki i Wigury %u", "ul. Świętokrzyska %u/4", "al. Łódzka %u", "ul. Kościuszki %u",
      "ul. Źródlana %u", "pl. Wolności %u", "ul. Mickiewicza %u m. 7", "os. Słoneczne %u" },
    { { "Łódź", "90-001", "" }, { "Kraków", "31-042", "" }, { "Gdańsk", "80-831", "" },
      { "Wrocław", "50-106", "" }, { "Białystok", "15-092", "" }, { "Poznań", "61-772", "" } },
    "+48 22 %07u",
  },
  [WB_TOWN_FOLK_GREEK] = {
    "GR",
    { "Γιώργος", "Ελένη", "Νίκος", "Μαρία", "Δημήτρης", "Αγγελική", "Στέλιος", "Φωτεινή" },
    { "Παπαδόπουλος", "Ιωάννου", "Οικονόμου", "Χατζηγεωργίου", "Αθανασίου", "Βλάχος", "Ξενάκη", "Ψαρράς" },
    { "Λεωφ. Κηφισίας %u", "Ερμού %u", "Αγίου Δημητρίου %u", "Οδός Αθηνάς %u", "Τσιμισκή %u", "Ακαδημίας %u",
      "Ρήγα Φεραίου %u", "Πλατεία Ωρολογίου %u" },
    { { "Αθήνα", "105 63", "I" }, { "Θεσσαλονίκη", "546 24", "B" }, { "Πάτρα", "262 21", "G" },
      { "Ηράκλειο", "712 02", "M" }, { "Λάρισα", "412 22", "E" }, { "Ιωάννινα", "453 33", "D" } },
    "+30 21 %08u",
  },
  [WB_TOWN_FOLK_UKRAINIAN] = {
    "UA",
    { "Олексій", "Ганна", "Їжакевич-Юрій", "Світлана", "Богдан", "Оксана", "Тарас", "Єва" },
    { "Шевченко", "Коваль", "Григоренко", "Щербак", "Лисенко", "Їжак", "Ґалаґан", "Заєць" },
    { "вул. Хрещатик, %u", "просп. Свободи, %u", "вул. Городоцька, %u, кв. 12", "бул. Лесі Українки, %u",
      "вул. Дерибасівська, %u", "пл. Ринок, %u", "вул. Січових Стрільців, %u", "вул. Зелена, %u" },
    { { "Київ", "01001", "UA30" }, { "Львів", "79008", "UA46" }, { "Одеса", "65026", "UA51" },
      { "Харків", "61022", "UA63" }, { "Чернівці", "58000", "UA77" }, { "Полтава", "36000", "UA53" } },
    "+380 44 %07u",
  },
  [WB_TOWN_FOLK_JAPANESE] = {
    "JP",
    { "花子", "太郎", "さくら", "健一", "美咲", "蓮", "陽菜", "翔" },
    { "山田", "佐藤", "髙橋", "鈴木", "渡邊", "斎藤", "伊藤", "𠮷野" },
    { "千代田%u丁目2-3", "神宮前%u-5-1 メゾン青山 302号室", "北一条西%u丁目", "中央区銀座%u-6-10", "下鴨東岸本町%u",
      "本町%u-3-7", "栄%u丁目16-1", "那覇市おもろまち%u" },
    { { "千代田区", "100-0001", "JP13" }, { "札幌市", "060-0001", "JP01" }, { "京都市", "606-0862", "JP26" },
      { "大阪市", "541-0053", "JP27" }, { "名古屋市", "460-0008", "JP23" }, { "那覇市", "900-0006", "JP47" } },
    "+81 3 %08u",
  },
  [WB_TOWN_FOLK_CHINESE] = {
    "TW",
    { "美玲", "志明", "春嬌", "家豪", "淑芬", "雅婷", "俊傑", "怡君" },
    { "陳", "林", "黃", "張", "歐陽", "王", "蔡", "鄭" },
    { "忠孝東路四段%u號5樓", "中山路一段%u號", "民族一路%u號", "文化街%u巷3號", "建國南路二段%u號", "公園路%u號",
      "成功大道%u號", "和平西路三段%u號" },
    { { "臺北市", "106", "" }, { "臺中市", "400", "" }, { "高雄市", "807", "" },
      { "新竹市", "300", "" }, { "花蓮縣", "970", "" }, { "臺南市", "700", "" } },
    "+886 2 %08u",
  },
  [WB_TOWN_FOLK_ARAB] = {
    "AE",
    { "فاطمة", "محمد", "ليلى", "عمر", "نور", "يوسف", "مريم", "خالد" },
    { "الهاشمي", "بن سعيد", "المنصوري", "الشامسي", "القاسمي", "النعيمي", "الزعابي", "الكتبي" },
    { "شارع الشيخ زايد %u", "شارع المتنبي %u، شقة 4", "شارع الملك فيصل %u", "شارع الكورنيش %u", "شارع الوحدة %u",
      "شارع جميرا %u", "شارع النصر %u", "طريق الميناء %u" },
    { { "دبي", "00000", "DU" }, { "أبو ظبي", "00000", "AZ" }, { "الشارقة", "00000", "SH" },
      { "العين", "00000", "AZ" }, { "عجمان", "00000", "AJ" }, { "الفجيرة", "00000", "FU" } },
    "+971 4 %07u",
  },
  [WB_TOWN_FOLK_AMERICAN] = {
    "US",
    { "Elizabeth", "Jack", "Renée", "José", "Dwight", "Zoë", "Amy-Lynn", "D'Angelo" },
    { "Swan", "Sparrow", "O'Brien", "Nuñez", "McDonald-Smith", "Li", "Brontë", "Washington III" },
    { "%u N Harbor Dr", "%u Townsend St", "%u W Main St", "%u Ocean Ave", "%u Maple St", "%u 5th Ave", "%u Elm Ct",
      "%u Sunset Blvd" },
    { { "Redondo Beach", "90277", "CA" }, { "San Francisco", "94107", "CA" }, { "Springfield", "62701", "IL" },
      { "Brooklyn", "11201", "NY" }, { "Austin", "78701", "TX" }, { "Portland", "04101", "ME" } },
    "+1 555 %07u",
  },
  [WB_TOWN_FOLK_BRITISH] = {
    "GB",
    { "Siân", "Angus", "Zadie", "Oisín", "Beatrix", "Hamish", "Nia", "Rupert" },
    { "ap Rhys", "MacLeòd", "Fforde", "Ó Súilleabháin", "Smythe", "Llewellyn", "Brown", "Cholmondeley" },
    { "%u High Street", "%u King's Road", "Flat 2, %u Baker Street", "%u Heol y Frenhines", "%u Royal Mile",
      "%u Quay Street", "The Old Mill, %u Mill Lane", "%u Abbey Road" },
    { { "London", "SW1A 1AA", "" }, { "Cardiff", "CF10 1EP", "" }, { "Edinburgh", "EH1 1YZ", "" },
      { "Bristol", "BS1 5TY", "" }, { "Manchester", "M1 1AE", "" }, { "Belfast", "BT1 5GS", "" } },
    "+44 20 %08u",
  },
};

static const char *const companies[] = {
  "Bäckerei Süß & Söhne GmbH <Köln>",
  "Café “Zum Löwen” e.K.",
  "Smith & Sons, Ltd.",
  "株式会社さくら商事",
  "ООО «Ромашка»",
  "Ångström Optik AB",
};

/** wb_town_person_empty: Returns: (transfer full): nobody: every field is empty text, as a shop has
 * it for no address. */
WbTownPerson *
wb_town_person_empty (void)
{
  WbTownPerson *person = g_new0 (WbTownPerson, 1);
  char        **fields = (char **) person;

  for (guint i = 0; i < sizeof (WbTownPerson) / sizeof (char *); i++)
    fields[i] = g_strdup ("");
  return person;
}

static void
put (char **field, char *value)
{
  g_free (*field);
  *field = value;
}

/** wb_town_person_make: Returns: (transfer full): somebody of that folk. */
WbTownPerson *
wb_town_person_make (WbTownFolk folk, WbTownDice *dice)
{
  const Folk   *of = &folks[folk];
  WbTownPerson *person = wb_town_person_empty ();
  const Place  *place = &of->places[wb_town_dice_roll (dice, G_N_ELEMENTS (of->places))];

  put (&person->first_name,
       g_strdup (of->first[wb_town_dice_roll (dice, G_N_ELEMENTS (of->first))]));
  put (&person->last_name, g_strdup (of->last[wb_town_dice_roll (dice, G_N_ELEMENTS (of->last))]));
  put (&person->address_1,
       g_strdup_printf (of->streets[wb_town_dice_roll (dice, G_N_ELEMENTS (of->streets))],
                        1 + wb_town_dice_roll (dice, 179)));
  put (&person->city, g_strdup (place->city));
  put (&person->postcode, g_strdup (place->postcode));
  put (&person->state, g_strdup (place->state));
  put (&person->country, g_strdup (of->country));
  put (&person->phone, g_strdup_printf (of->phone, wb_town_dice_roll (dice, 9999999)));
  put (&person->email,
       g_strdup_printf ("%s.%05u@example.com", of->country, wb_town_dice_roll (dice, 100000)));
  if (wb_town_dice_chance (dice, 12))
    put (&person->company,
         g_strdup (companies[wb_town_dice_roll (dice, G_N_ELEMENTS (companies))]));
  return person;
}

/** wb_town_person_copy: Returns: (transfer full): a copy. */
WbTownPerson *
wb_town_person_copy (const WbTownPerson *person)
{
  WbTownPerson *copy = g_new0 (WbTownPerson, 1);
  char *const  *from = (char *const *) person;
  char        **to = (char **) copy;

  for (guint i = 0; i < sizeof (WbTownPerson) / sizeof (char *); i++)
    to[i] = g_strdup (from[i]);
  return copy;
}

/** wb_town_person_free: frees @person. */
void
wb_town_person_free (WbTownPerson *person)
{
  char **fields = (char **) person;

  if (person == NULL)
    return;
  for (guint i = 0; i < sizeof (WbTownPerson) / sizeof (char *); i++)
    g_free (fields[i]);
  g_free (person);
}

/** wb_town_person_field: Returns: (nullable): the field that a shop calls @name, to be read or
 * replaced. */
char **
wb_town_person_field (WbTownPerson *person, const char *name)
{
  static const char *const names[] = { "first_name", "last_name", "company", "address_1",
                                       "address_2",  "city",      "state",   "postcode",
                                       "country",    "email",     "phone" };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == sizeof (WbTownPerson) / sizeof (char *));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], name) == 0)
      return (char **) person + i;
  return NULL;
}
