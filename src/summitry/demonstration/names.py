"""Given and family names that occur in a country, from which people are made who do not exist.

A name written ``Latin|original`` is also known in its own script.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pool:
    """Names of one naming culture; ``family_first`` where the family name is said first."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    families: tuple[str, ...]
    family_first: bool = False


def _pool(men: str, women: str, families: str, *, family_first: bool = False) -> Pool:
    def split(text: str) -> tuple[str, ...]:
        return tuple(name.replace("_", " ") for name in text.split())

    return Pool(split(men), split(women), split(families), family_first)


POOLS: dict[str, Pool] = {
    "english": _pool(
        "Alan Brian Colin Derek Edwin Graham Howard Keith Martin Nigel Oliver Stuart",
        "Alison Beth Claire Diane Helen Judith Karen Margaret Rachel Susan",
        "Ashworth Bramley Carver Dunmore Ellery Fairbairn Garside Hollis Kempton Larkwood Merriden Oakhurst Penrose "
        "Ridgewell Stanforth Thornbury Whitlock Yardley",
    ),
    "german": _pool(
        "Andreas Bernd Dieter Florian Georg Holger Jürgen Klaus Lothar Matthias Rainer Stefan",
        "Anke Birgit Cornelia Heike Ines Katrin Monika Petra Sabine Ulrike",
        "Achterberg Brandtner Dornbach Eichstädt Feldhaus Grünwald Hollerbach Immendorf Kirchhoff Lindenthal Morgenroth "
        "Niederau Oberländer Rosenkamp Schönfelder Talhammer Weidinger Zollner",
    ),
    "french": _pool(
        "Alain Bertrand Christophe Didier Étienne François Gilles Hervé Laurent Mathieu Olivier Thierry",
        "Agnès Brigitte Catherine Delphine Élise Florence Hélène Isabelle Nathalie Sylvie",
        "Aubertin Beaulieu Chastaing Delorme Estienne Fontanier Garrigues Hautecœur Jolivet Lacombe Marchandeau "
        "Noailles Perrault Rochefort Saint-Aubin Tessier Valmont Vasseur",
    ),
    "dutch": _pool(
        "Bart Dirk Gerrit Hendrik Joost Kees Maarten Pieter Ruud Willem",
        "Anneke Femke Ingrid Jolanda Liesbeth Marieke Saskia Wilma",
        "van_den_Akker Bakhuizen van_Doorn Eikelboom de_Graaff Hoogland Kuipers van_der_Linden Meerveld Oosterhof "
        "Pauwels Roelofs Terpstra Verhulst Wijnberg",
    ),
    "nordic": _pool(
        "Anders Bjørn Erik Gustav Håkon Jens Lars Magnus Nils Sven Thorvald",
        "Astrid Britta Freja Gunilla Ingeborg Karin Liv Sigrid Solveig",
        "Aaberg Bergström Dahlquist Ekeland Fjeldstad Grönlund Halvorsen Kjeldsen Lindqvist Mortensen Nygård Østergaard "
        "Söderholm Thorsen Westerlund",
    ),
    "finnic": _pool(
        "Aarne Eero Heikki Jaakko Kalle Markku Paavo Rein Tarmo Toomas Ville",
        "Aino Eeva Helena Kaisa Leena Maarika Päivi Tiina",
        "Aaltonen Hakkarainen Järvelä Kallasmaa Koppel Laaksonen Männik Niskanen Ojala Pärnpuu Rautio Saarinen Tammsaar "
        "Vainio Ylönen",
    ),
    "baltic": _pool(
        "Andris Darius Edgars Gintaras Jānis Kęstutis Māris Rimantas Valdis Vytautas",
        "Agnė Daiva Ilze Inese Jurgita Līga Rasa Zane",
        "Balodis Bērziņš Dauksa Eglītis Grigaitis Jankauskas Kalniņš-Bergmanis Lapiņš Mažeika Norkus Ozoliņš Petrulis "
        "Stankus Vītols Žukauskas",
    ),
    "polish": _pool(
        "Andrzej Bogdan Cezary Grzegorz Jacek Krzysztof Marek Paweł Ryszard Tomasz Wojciech",
        "Agnieszka Barbara Dorota Elżbieta Joanna Katarzyna Małgorzata Zofia",
        "Bieliński Chmielewski Dąbrowiecki Gałązka Jaworski Kalinowski Łukasiewicz Malinowski Ostrowicz Podgórny "
        "Rybarczyk Sikorzyński Świątek Wierzbicki Zagórski",
    ),
    "czechoslovak": _pool(
        "Antonín Bohumil Dušan Jaroslav Ladislav Miroslav Ondřej Pavol Rudolf Štefan Zdeněk",
        "Alena Božena Dagmar Jitka Ľudmila Milena Renáta Zuzana",
        "Benedikt Čermák Doležal Fiala Hrdlička Jelínek Kopecký Lipták Malý Novotný-Hájek Ondrejka Procházka Slávik "
        "Urbánek Zelinka",
    ),
    "hungarian": _pool(
        "András Balázs Csaba Ferenc Gábor István László Miklós Sándor Zoltán",
        "Ágnes Erzsébet Ildikó Judit Katalin Mária Zsuzsanna",
        "Bárdos Csányi Dobos Erdélyi Fodor Gyarmati Halmos Kárpáti Lukács Mészáros Péterfi Rózsa Somogyi Vadász Zentai",
    ),
    "romanian": _pool(
        "Adrian Bogdan Cristian Dumitru Florin Gheorghe Ion Mihai Octavian Sorin Vasile",
        "Alina Carmen Daniela Elena Ioana Luminița Mihaela Simona",
        "Albescu Bălănescu Ciobotaru Dragomir Enăchescu Grigorescu Iliescu-Vlad Lupașcu Moldoveanu Negruțiu Olteanu "
        "Petrescu Rusnac Stănescu Țurcanu",
    ),
    "iberian": _pool(
        "Alejandro Carlos Diego Eduardo Fernando Gonzalo Ignacio Javier Manuel Ramón Sergio Tomás",
        "Beatriz Carmen Elena Inés Lucía Marta Pilar Rosario Teresa",
        "Alcázar_Montero Benavides Cordero_Luna Duarte Echeverría Figueroa Guerrero Herrera_Solís Ibáñez Lozano "
        "Mendoza_Ríos Navarro Olmedo Pacheco Quintana Rosales Salvatierra Valdivia Zamora_Peña",
    ),
    "lusophone": _pool(
        "Afonso António Bernardo Duarte Fernão Gonçalo João Luís Nuno Paulo Rui",
        "Ana Catarina Helena Inês Leonor Mafalda Rita Sofia",
        "Albuquerque Barreto Cardoso_Leite Damasceno Esteves Falcão Guimarães Lacerda Magalhães Noronha Pimentel "
        "Queirós Sarmento Tavares Vasconcelos",
    ),
    "italian": _pool(
        "Alberto Bruno Claudio Dario Enrico Fabrizio Giorgio Lorenzo Massimo Paolo Sandro",
        "Chiara Daniela Elisabetta Francesca Giulia Lucia Paola Silvia",
        "Albanesi Bellandi Castellani Donati Ferrante Galimberti Lombardini Marchetti Orsini Pellegrino Ricciardi "
        "Santoro Tagliaferri Vianello Zanetti",
    ),
    "maltese": _pool(
        "Joseph Karm Mario Pawlu Salvu",
        "Carmela Graziella Marija Rita",
        "Aquilina Borg_Galea Caruana Farrugia Mifsud Sciberras Xuereb Zammit",
    ),
    "southslavic": _pool(
        "Aleksandar Boris Dejan Goran Ivica Marko Nenad Petar Slobodan Tomislav Zoran",
        "Ana Biljana Dragana Ivana Jasna Ljiljana Mirjana Vesna",
        "Babić Cvetković Đurđević Filipović Grgurić Hadžić Ilievski Jurković Kovačec Lukšić Marinković Novaković "
        "Petrovski Stojanov Živanović",
    ),
    "bosnian": _pool(
        "Adnan Edin Haris Mirsad Senad Zlatan",
        "Amra Lejla Nermina Selma",
        "Avdić Begović Čaušević Delić Hadžiosmanović Kulenović Muratović Selimović",
    ),
    "albanian": _pool(
        "Agron Arben Besnik Dritan Fatmir Gent Ilir Luan",
        "Albana Drita Elira Mimoza Valbona",
        "Bejtullahu Çela Dervishi Frashëri Gjonaj Hoxhaj Kelmendi Leka Prenga Shkurti Zeqiri",
    ),
    "bulgarian": _pool(
        "Asen|Асен Boyko|Бойко Dimitar|Димитър Georgi|Георги Ivaylo|Ивайло Krasimir|Красимир Plamen|Пламен Stoyan|Стоян",
        "Desislava|Десислава Elena|Елена Gergana|Гергана Rositsa|Росица",
        "Angelov|Ангелов Balkanski|Балкански Dimov|Димов Enchev|Енчев Hristov|Христов Kolarov|Коларов Minchev|Минчев "
        "Pavlov|Павлов Stanchev|Станчев Todorov|Тодоров",
    ),
    "greek": _pool(
        "Andreas|Ανδρέας Christos|Χρήστος Dimitrios|Δημήτριος Georgios|Γεώργιος Ioannis|Ιωάννης Nikolaos|Νικόλαος "
        "Panagiotis|Παναγιώτης",
        "Anna|Άννα Eleni|Ελένη Ioanna|Ιωάννα Sofia|Σοφία",
        "Alexandrou|Αλεξάνδρου Dimitriadis|Δημητριάδης Galanis|Γαλάνης Kalogeropoulos|Καλογερόπουλος "
        "Laskaridis|Λασκαρίδης Mavridis|Μαυρίδης Papanikolaou|Παπανικολάου Stathopoulos|Σταθόπουλος "
        "Vlachopoulos|Βλαχόπουλος",
    ),
    "eastslavic": _pool(
        "Aleksandr|Александр Dmitry|Дмитрий Igor|Игорь Maksim|Максим Nikolai|Николай Oleg|Олег Sergei|Сергей "
        "Viktor|Виктор",
        "Elena|Елена Irina|Ирина Marina|Марина Natalia|Наталья Olga|Ольга",
        "Belousov|Белоусов Denisov|Денисов Gromyko|Громыко Karpenko|Карпенко Kravchuk|Кравчук Lebedenko|Лебеденко "
        "Marchenko|Марченко Osipenko|Осипенко Radchenko|Радченко Savchenko|Савченко Timoshuk|Тимошук",
    ),
    "georgian": _pool(
        "Davit|დავით Giorgi|გიორგი Irakli|ირაკლი Levan|ლევან Zurab|ზურაბ",
        "Ketevan|ქეთევან Maia|მაია Nino|ნინო Tamar|თამარ",
        "Beridze|ბერიძე Gelashvili|გელაშვილი Kapanadze|კაპანაძე Lomidze|ლომიძე Maisuradze|მაისურაძე "
        "Tsiklauri|წიკლაური Zhvania|ჟვანია",
    ),
    "armenian": _pool(
        "Aram|Արամ Davit|Դավիթ Hayk|Հայկ Tigran|Տիգրան Vardan|Վարդան",
        "Anahit|Անահիտ Lilit|Լիլիթ Mariam|Մարիամ",
        "Avetisyan|Ավետիսյան Danielyan|Դանիելյան Grigoryan|Գրիգորյան Hakobyan|Հակոբյան Melkonyan|Մելքոնյան "
        "Petrosyan|Պետրոսյան",
    ),
    "turkic": _pool(
        "Ahmet Bülent Cem Emre Hakan Kemal Murat Orhan Selim Timur Yusuf",
        "Ayşe Elif Gülnara Leyla Nihal Zeynep",
        "Akbulut Bayraktar Çelikkol Demirkan Erdemli Gündoğdu Karaca Mammadzade Özkaya Rahimli Sarıoğlu Tekin Yıldırım",
    ),
    "centralasian": _pool(
        "Azamat Bakhtiyor Daniyar Farrukh Jamshed Nurlan Rustam Sherzod Timur",
        "Aigul Dilnoza Gulnora Madina Saule",
        "Abdurahmonov Bekmuratov Djumabaev Ergashev Kasymbekov Mirzoyev Nazarbek Rakhmatov Saidov Tursunov Yusupov",
    ),
    "mongolian": _pool(
        "Bat-Erdene Ganbold Otgonbayar Temüüjin",
        "Altantsetseg Narantuya Oyuun",
        "Batbayar Dorjsuren Enkhtaivan Purevdorj Tsogtbaatar",
    ),
    "arabic": _pool(
        "Abdelkader|عبد_القادر Ahmed|أحمد Hassan|حسن Ibrahim|إبراهيم Khalil|خليل Mahmoud|محمود Nabil|نبيل Omar|عمر "
        "Said|سعيد Tarek|طارق Youssef|يوسف",
        "Amina|أمينة Fatima|فاطمة Hala|هالة Laila|ليلى Nadia|نادية Salma|سلمى",
        "Al-Amiri|العامري Benali|بن_علي Chraibi|الشرايبي Darwish|درويش El_Fassi|الفاسي Haddad|حداد Idrissi|الإدريسي "
        "Kabbani|قباني Mansour|منصور Naciri|الناصري Qasim|قاسم Rahmani|رحماني Saadi|السعدي Tazi|التازي Zidan|زيدان",
    ),
    "hebrew": _pool(
        "Amir|אמיר Eitan|איתן Noam|נועם Yoav|יואב",
        "Maya|מאיה Noa|נועה Tamar|תמר",
        "Alon|אלון Ben-Ami|בן_עמי Gilad|גלעד Harel|הראל Regev|רגב Shamir|שמיר",
    ),
    "francophoneafrica": _pool(
        "Abdoulaye Amadou Boubacar Cheikh Ibrahima Jean-Baptiste Mamadou Moussa Ousmane Pascal Seydou",
        "Aïssatou Awa Bintou Fatoumata Mariam Rokhaya",
        "Bamba Cissokho Diakhaté Faye_Diallo Gueye Kouamé Konaté Mbaye Ndoye Ouattara Sanogo Sarr Touré_Ba Yao Zongo",
    ),
    "anglophoneafrica": _pool(
        "Adebayo Chukwuemeka Daniel Emmanuel Kofi Kwame Musa Okechukwu Peter Samuel Tendai",
        "Abena Esther Grace Ngozi Ruth Wanjiru Yetunde",
        "Abubakar Achieng Adeyemi Boateng Chikwanda Danquah Eze Kamau Mensah Mutasa Nkosi Ochieng Okonkwo Owusu Sithole "
        "Wanyama",
    ),
    "ethiopic": _pool(
        "Abebe|አበበ Dawit|ዳዊት Getachew|ጌታቸው Tesfaye|ተስፋዬ",
        "Almaz|አልማዝ Hanna|ሐና Selam|ሰላም",
        "Bekele|በቀለ Desta|ደስታ Haile|ኃይሌ Kebede|ከበደ Wolde|ወልዴ",
    ),
    "indian": _pool(
        "Ajay|अजय Deepak|दीपक Manoj|मनोज Rajesh|राजेश Suresh|सुरेश Vikram|विक्रम",
        "Anjali|अंजलि Kavita|कविता Meena|मीना Sunita|सुनीता",
        "Bhatnagar|भटनागर Chaudhary|चौधरी Deshpande|देशपांडे Iyer|अय्यर Mehrotra|मेहरोत्रा Saxena|सक्सेना "
        "Thakur|ठाकुर",
    ),
    "urdu": _pool(
        "Asad Bilal Faisal Imran Kamran Nadeem Tariq",
        "Ayesha Farah Nadia Sana",
        "Ahmadzai Baloch Chaudhry Durrani Haidari Khattak Qureshi Rahimi Siddiqui Yousafzai",
    ),
    "chinese": _pool(
        "Guoqiang|国强 Haoran|浩然 Jianming|建明 Wei|伟 Zhiyong|志勇",
        "Li|丽 Min|敏 Xiaoyan|晓燕 Yun|云",
        "Chen|陈 Gao|高 Huang|黄 Liang|梁 Shen|沈 Xu|徐 Zhou|周",
        family_first=True,
    ),
    "japanese": _pool(
        "Daisuke|大輔 Hiroshi|博 Kenji|健二 Makoto|誠 Takashi|隆",
        "Akiko|明子 Keiko|恵子 Naomi|直美 Yumi|由美",
        "Fujiwara|藤原 Hayashida|林田 Kobayakawa|小早川 Matsunaga|松永 Nishimura|西村 Okabe|岡部 Takemoto|竹本",
    ),
    "korean": _pool(
        "Dong-hyun|동현 Jae-sung|재성 Min-ho|민호 Sang-woo|상우",
        "Eun-ji|은지 Hye-jin|혜진 Soo-yeon|수연",
        "Baek|백 Han|한 Jang|장 Noh|노 Seo|서 Yoon|윤",
        family_first=True,
    ),
    "thai": _pool(
        "Anan|อนันต์ Kittisak|กิตติศักดิ์ Somchai|สมชาย Wichai|วิชัย",
        "Malee|มาลี Siriporn|ศิริพร Suda|สุดา",
        "Boonmee|บุญมี Charoensuk|เจริญสุข Rattanakul|รัตนกุล Srisai|ศรีใส Wongsawat|วงศ์สวัสดิ์",
    ),
    "vietnamese": _pool(
        "Đức Hùng Minh Quang Tuấn",
        "Hạnh Lan Phương Thảo",
        "Bùi Đặng Đoàn Hoàng Lê Nguyễn Phạm Trần",
        family_first=True,
    ),
    "malay": _pool(
        "Agus Budi Hendra Rizal Slamet Yusof Zulkifli",
        "Dewi Nurul Ratna Siti",
        "Abdullah_Halim Gunawan Hartono Ismail Kurniawan Prasetyo Setiawan Wijaya",
    ),
    "filipino": _pool(
        "Antonio Benigno Crisanto Emilio Jose",
        "Imelda Lourdes Maricel Rosalinda",
        "Bautista Dimaculangan Evangelista Magsaysay_Cruz Panganiban Villanueva",
    ),
    "pacific": _pool(
        "Ratu_Epeli Ioane Josefa Semi Tevita Wiremu",
        "Adi_Mere Losalini Mele Salote",
        "Cakobau_Vosa Fonua Koroi Naivalu Ratuvou Tuilagi Waqanika",
    ),
}

_STATES: dict[str, str] = {
    "english": "au gb ie nz us ca bb jm",
    "german": "at ch de lu",
    "french": "fr mc be",
    "dutch": "nl",
    "nordic": "dk is no se",
    "finnic": "ee fi",
    "baltic": "lt lv",
    "polish": "pl",
    "czechoslovak": "cz sk",
    "hungarian": "hu",
    "romanian": "md ro",
    "iberian": "ar bo cl co cr do ec es gt mx pe uy ve",
    "lusophone": "br cv pt ao mz",
    "italian": "it sm",
    "maltese": "mt",
    "southslavic": "hr me mk rs si",
    "bosnian": "ba",
    "albanian": "al",
    "bulgarian": "bg",
    "greek": "cy gr",
    "eastslavic": "by ru ua",
    "georgian": "ge",
    "armenian": "am",
    "turkic": "az tr",
    "centralasian": "kg kz tj tm uz",
    "mongolian": "mn",
    "arabic": "ae bh dz eg iq jo kw lb ly ma mr om qa sa sd tn",
    "hebrew": "il",
    "francophoneafrica": "bf bj ci cm ga gn ml ne sn td tg",
    "anglophoneafrica": "bw gh gm ke na ng rw sl tz ug za zm zw",
    "ethiopic": "er et",
    "indian": "in lk np",
    "urdu": "af bd pk",
    "chinese": "cn sg",
    "japanese": "jp",
    "korean": "kr",
    "thai": "la th",
    "vietnamese": "vn",
    "malay": "bn id my",
    "filipino": "ph",
    "pacific": "fj pg ws",
}
_BY_STATE = {code: culture for culture, codes in _STATES.items() for code in codes.split()}

#: Cultures from which organisations draw their staff, in turn.
INTERNATIONAL = (
    "french",
    "german",
    "italian",
    "iberian",
    "nordic",
    "polish",
    "greek",
    "dutch",
    "romanian",
    "finnic",
    "english",
    "arabic",
    "anglophoneafrica",
    "southslavic",
    "lusophone",
)


def culture_of(code: str, turn: int = 0) -> str:
    """Return the naming culture of an entity: the State's own, or for an organisation the next in turn."""
    return _BY_STATE.get(code) or INTERNATIONAL[turn % len(INTERNATIONAL)]
