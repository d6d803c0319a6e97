# Czech. The pattern is en.ftl.

language-name = Čeština

### Dates and times

moment = { $day }. { $month }. { $year } { $hour }:{ $minute } UTC
# In the accusative: these stand after „za“ and „ještě“.
span-minutes = { $minutes ->
    [one] { $minutes } minutu
    [few] { $minutes } minuty
    [many] { $minutes } minuty
   *[other] { $minutes } minut
}
span-seconds = { $seconds ->
    [one] { $seconds } sekundu
    [few] { $seconds } sekundy
    [many] { $seconds } sekundy
   *[other] { $seconds } sekund
}

### Pages

page-error-title = Chyba: { $title }
page-moment = { $when }
page-signed-in-as = Přihlášený uživatel: <strong>{ $user }</strong>
page-another-account = Použít jiný účet
page-trouble = Potřebujete pomoc?
page-language = Jazyk:
page-something-else = Jiný způsob ověření
page-continue = Pokračovat
page-confirm = Potvrdit
page-copied = Zkopírováno
page-back-to-settings = Zpět do nastavení
page-code-label = Kód
page-yubikey-label = Dotkněte se klíče YubiKey
page-code-sent = Poslali jsme kód na <strong>{ $address }</strong>.
page-code-comes = Kód přijde na <strong>{ $address }</strong>.
page-code-works-for = Platí ještě <strong>{ $time }</strong>.
page-code-over = Platnost kódu vypršela. Nechte si poslat nový.
page-send-first = Poslat kód
page-send-again = Poslat nový kód
page-send-wait = O nový můžete požádat za <strong>{ $time }</strong>.
page-no-script = Prohlížeč používá klíče jen s JavaScriptem, a ten je tu vypnutý. Zapněte ho, nebo zvolte jiný způsob.
page-key-unable = Tento prohlížeč klíče neumí. Zvolte jiný způsob.
page-key-known = Tento klíč už je nastavený. Použijte jiný.
page-key-silent = Klíč neodpověděl včas, nebo byla akce zrušena. Zkuste to znovu, nebo zvolte jiný způsob.

### Pages: the challenge

challenge-title = Ještě jeden krok
challenge-title-again = Potvrďte, že jste to vy
challenge-title-locked = Příliš mnoho chybných kódů
challenge-opens-app = Pak se otevře <strong>{ $app }</strong>.
challenge-opens-page = Pak se v aplikaci { $app } otevře <strong>{ $path }</strong>.
challenge-opens-methods = Pak můžete změnit způsob přihlašování do aplikace <strong>{ $app }</strong>.
challenge-app = Otevřete ověřovací aplikaci a zadejte kód pro <strong>{ $brand }</strong>.
challenge-key = Použijte přístupový nebo bezpečnostní klíč.
challenge-yubikey = Umístěte kurzor do pole a dotkněte se klíče YubiKey: heslo napíše sám.
challenge-backup = Zadejte jeden ze svých záložních kódů. Každý platí jen jednou.
challenge-use-key = Použít klíč
challenge-remember = { $days ->
    [one] Na tomto zařízení se { $days } den neptat
    [few] Na tomto zařízení se { $days } dny neptat
    [many] Na tomto zařízení se { $days } dne neptat
   *[other] Na tomto zařízení se { $days } dní neptat
}
challenge-no-code = Zatím jsme vám žádný kód neposlali. Nechte si ho poslat níže.
challenge-unsent = Odeslaná data jsme nepředali dál, protože chybělo ověření druhým faktorem. Po ověření je odešlete znovu.
challenge-lock-left = Zbývá: <strong>{ $time }</strong>
challenge-locked-help = Do té doby to nemůže zkoušet nikdo, takže se zastaví i ten, kdo kód hádal. Pokud za tím nejste vy, někdo zná vaše heslo: změňte ho a řekněte to správci.
challenge-try-again = Zkusit znovu
challenge-why = Proč tuto stránku vidím?
challenge-why-first = Samotné heslo { $brand } neotevře, protože ho může někdo uhodnout nebo ukrást. Tento druhý krok ukáže, že jste to opravdu vy.
challenge-why-again = Od vašeho posledního ověření druhým faktorem už uplynul nějaký čas. Tato stránka ho chce znovu, aby ji na vašem zařízení nemohl otevřít nikdo jiný.
challenge-why-stronger = Tato stránka se otevře jen některými způsoby ověření. Tady vidíte ty, které můžete použít.
challenge-why-changes = Než změníte způsob přihlašování, ověříme, že jste to vy, aby to za vás nemohl udělat nikdo jiný.

### Pages: setting up a method

enrol-title = Přidejte druhý faktor
enrol-lead = Zvolte, jak chcete potvrzovat, že jste to vy.
enrol-first = Samotné heslo už { $brand } neotevře. Zvolte, co budete používat vedle něj: zabere to minutu a později to můžete změnit.
enrol-nothing = Nic dalšího už nastavit nejde.
enrol-recommended = doporučeno
enrol-set-up = Nastavit: { $method }
enrol-why-key = Jediný dotek: otiskem prstu, obličejem nebo bezpečnostním klíčem. Nikdo ho z vás nevyláká.
enrol-why-yubikey = Malý klíč v portu USB, který po doteku napíše heslo.
enrol-why-app = Aplikace v telefonu ukazuje každou půlminutu nový kód. Nepotřebuje připojení.
enrol-why-message = Kód přijde pokaždé na <strong>{ $address }</strong>.
enrol-something-else = Zvolit jiný způsob
enrol-app-title = Nastavte si ověřovací aplikaci
enrol-app-have = Mějte po ruce ověřovací aplikaci
enrol-app-which = Stačí kterákoli, třeba Aegis, Google Authenticator, Microsoft Authenticator nebo váš správce hesel.
enrol-app-scan = Naskenujte kód v aplikaci
enrol-app-open = Otevřít v mé aplikaci
enrol-app-secret = Nebo do aplikace opište tento tajný klíč. Uvidíte ho jen teď.
enrol-app-copy = Zkopírovat tajný klíč
enrol-app-code = Zadejte kód, který aplikace ukazuje
enrol-app-again = Zadejte kód, který aplikace ukazuje právě teď.
enrol-app-anew = Začít znovu s novým tajným klíčem
enrol-code-title = Potvrďte to kódem
enrol-key-title = Přidejte přístupový nebo bezpečnostní klíč
enrol-key-lead = Prohlížeč vás vyzve k použití zámku obrazovky, telefonu nebo bezpečnostního klíče.
enrol-yubikey-title = Přidejte YubiKey
enrol-yubikey-lead = Umístěte kurzor do druhého pole a dotkněte se klíče YubiKey: heslo napíše sám.
enrol-name = Název
enrol-name-hint = Podle něj ho poznáte mezi ostatními: „Můj telefon“, „Modrý klíč“.
enrol-add-it = Přidat
enrol-done-title = Hotovo
enrol-done = Nastaveno: { $method }.

### Pages: backup codes

backup-title = Vaše záložní kódy
backup-lead = Každý platí jednou, když nemůžete použít jiný způsob. Uložte si je na bezpečné místo: uvidíte je jen teď.
backup-copy = Kopírovat
backup-save = Uložit do souboru
backup-print = Vytisknout
backup-file = Záložní kódy pro { $brand }, uživatel { $user }. Každý platí jen jednou.
backup-next = Jak to bude dál
backup-next-time = Při přihlášení se po hesle zeptáme i na druhý faktor.
backup-next-lost = Když o něj přijdete, pustí vás dovnitř záložní kód; pak si nastavte nový.
backup-kept = Mám je uložené

### Pages: settings

settings-title = Váš druhý faktor
settings-primary = hlavní
settings-make-primary = Nastavit jako hlavní
settings-make-primary-named = Nastavit jako hlavní: { $name }
settings-remove = Odebrat
settings-remove-named = Odebrat: { $name }
settings-from-directory = Nastavila vaše organizace
settings-add = Přidat způsob ověření
settings-backup = Záložní kódy
settings-backup-left = { $count ->
    [0] Nepoužitých zbývá { $count }: vytvořte si nové.
    [one] Zbývá { $count } nepoužitý.
    [few] Zbývají { $count } nepoužité.
    [many] Zbývá { $count } nepoužitého.
   *[other] Zbývá { $count } nepoužitých.
}
settings-backup-new = Vytvořit nové (staré přestanou platit)
settings-devices = Zapamatovaná zařízení
settings-devices-count = { $count ->
    [one] Druhý faktor nevyžadujeme na { $count } zařízení.
    [few] Druhý faktor nevyžadujeme na { $count } zařízeních.
    [many] Druhý faktor nevyžadujeme na { $count } zařízení.
   *[other] Druhý faktor nevyžadujeme na { $count } zařízeních.
}
settings-devices-forget = Zapomenout všechna
settings-activity = Poslední aktivita
settings-activity-hint = Něco z toho nepoznáváte? Změňte si heslo a řekněte to správci.
settings-back = Zpět: { $brand }
settings-done-enrolled = Přidáno: { $method }. Můžete to hned používat.
settings-done-removed = Odebráno: { $method }.
settings-done-primary = Od teď nabízíme na prvním místě: { $method }.
settings-done-devices = Všechna zařízení se teď zase budou ptát na druhý faktor.
confirm-remove = Odebrat: { $name }
confirm-backup = Vytvořit nové záložní kódy
confirm-with = Ukažte, že jste to vy. Použijte: <strong>{ $method }</strong>.
confirm-send-first = Nejdřív si nechte poslat kód na <strong>{ $address }</strong>, ať víme, že jste to vy.

### Pages: recent activity

activity-signed-in = Přihlášení heslem
activity-challenged = Výzva k ověření druhým faktorem
activity-sent = Kód odeslán
activity-send-failed = Kód se nepodařilo odeslat
activity-send-refused = Kód neodeslán: příliš mnoho žádostí
activity-passed = Druhý faktor ověřen
activity-failed = Chybný kód nebo klíč
activity-locked = Zamčeno po mnoha chybných kódech
activity-enrolled = Způsob ověření přidán
activity-removed = Způsob ověření odebrán
activity-primary-changed = Hlavní způsob ověření změněn
activity-backup-codes-made = Záložní kódy vytvořeny
activity-backup-code-used = Záložní kód použit
activity-device-remembered = Zařízení zapamatováno
activity-devices-forgotten = Zařízení zapomenuta
activity-reset = Obnovil správce

### Pages: what a refusal offers

refusal-sign-in = Přihlásit se znovu
refusal-start = Přejít na úvodní stránku
refusal-clear = Smazat soubory cookie tohoto webu
refusal-request = Požadavek { $id }

### Errors

## Refusals: a title, what happened, what to do now

no-malformed-title = Tento požadavek nelze předat dál
no-cookies-next = Tyto soubory cookie jsme z prohlížeče odstranili. Přihlaste se znovu; pokud se tato stránka objeví zas, smažte soubory cookie tohoto webu.
no-next-back = Vraťte se a zkuste to znovu.
no-next-again = Zkuste to znovu.
no-next-moment = Zkuste to za chvíli znovu.
no-next-tell = Zkuste to znovu, nebo to řekněte správci.
no-moment-title = Malý okamžik
no-bad-request-title = Tento požadavek nelze přečíst
no-bad-request = Přišla neúplná data, nebo to nebylo HTTP.
no-too-slow-title = Trvalo to příliš dlouho
no-too-slow = Zbytek odesílaných dat nedorazil včas.
no-too-slow-next = Odešlete je znovu.
no-too-large-title = Je to příliš velké
no-too-large = Posíláte víc dat, než tento web přijímá.
no-too-large-next = Pošlete něco menšího, nebo se zeptejte správce.
no-busy = Na tento web teď přichází víc požadavků, než zvládne vyřídit.
no-wrong-host-title = Na této adrese žádná aplikace není
no-wrong-host = Brána pod tímto názvem hostitele žádnou aplikaci nemá.
no-wrong-host-next = Zkontrolujte adresu.
no-old-terms-title = Připojte se znovu
no-old-terms = Od chvíle, kdy bylo vaše připojení otevřeno, se změnilo, co tento web od připojení vyžaduje.
no-old-terms-next = Načtěte stránku znovu.
no-send-again-title = Před odesláním ještě jeden krok
no-send-again = Odeslaná data jsme nepředali dál. Ověřte se druhým faktorem, vraťte se a odešlete je znovu.
no-send-again-next = Pokračujte k druhému faktoru.
no-denied-title = Tato stránka je zavřená
no-denied = Správce vám tuto stránku uzavřel.
no-denied-next = Vraťte se na úvodní stránku.
no-sign-in-first-title = Nejdřív se přihlaste
no-sign-in-first = Bez přihlášení jsme to nemohli předat dál.
no-sign-in-first-next = Přihlaste se a odešlete to znovu.
no-upgrade-title = Nejdřív se ověřte druhým faktorem
no-upgrade = Toto spojení vyžaduje ověřenou relaci.
no-upgrade-next = Přihlaste se a ověřte se druhým faktorem.
no-login-in-progress-title = Přihlašování už probíhá
no-login-in-progress = Z tohoto prohlížeče už do aplikace míří jiné přihlášení.
no-login-in-progress-next = Chvíli počkejte a zkuste to znovu.
no-another-account-title = Přihlášený je někdo jiný
no-another-account = Přihlášení jiného uživatele jsme nepředali dál, protože v tomto prohlížeči je otevřená ověřená relace.
# "Použít jiný účet" is a button of the page (page-another-account).
no-another-account-next = Zvolte „Použít jiný účet“ a přihlaste se znovu.
no-login-elsewhere-title = Tady se přihlásit nejde
no-login-elsewhere = Jméno a heslo přišly na adresu, kterou neznáme jako přihlašovací stránku, a tak jsme je nepředali dál.
no-login-elsewhere-next = Přihlaste se na přihlašovací stránce tohoto webu. Pro správce: přidejte tuto adresu do login_paths, nebo nastavte potvrzující zdroj.
no-sent-back-title = Přihlášení se nezdařilo
no-sent-back = Aplikace vás poslala zpět k přihlášení. Možná nesouhlasilo jméno nebo heslo.
no-memory = Brána se nedostane ke svým datům, a tak neví, čí je tato relace.
no-probe = Aplikace jasně neřekla, čí je tato relace.
no-directory = Seznam uživatelů teď není dostupný, takže se nikdo nemůže přihlásit.
no-down-title = Aplikace není dostupná
no-down = Aplikace za touto stránkou neodpovídá.
no-slow-title = Aplikaci to trvá příliš dlouho
no-slow = Aplikace za touto stránkou neodpověděla včas.
no-broke-title = Aplikace odpověď přerušila
no-broke = Odpověď aplikace nelze předat dál.
no-answer-too-large-title = Odpověď aplikace nelze předat dál
no-answer-too-large = Aplikace odpověděla víc hlavičkami, než se dá přijmout.
no-answer-too-large-next = Řekněte to správci; příčinou bývá mnoho starých souborů cookie.
no-user-changed-title = Přihlášený je teď někdo jiný
no-user-changed = Aplikace uvádí jiného uživatele, než který se ověřil druhým faktorem, a tak jsme její odpověď zadrželi.
no-user-changed-next = Přihlaste se znovu.
no-user-unknown-title = Váš účet tu neznáme
no-user-unknown = Aplikace vás pustila dovnitř, ale brána tento účet ve svém adresáři nemá, takže nelze ověřit jeho druhý faktor.
no-user-unknown-next = Požádejte správce, aby vás přidal.
no-disagreement-title = Přihlášení nesouhlasí
no-disagreement = Podle aplikace je přihlášený jiný uživatel, než jaký byl zadán.
no-disagreement-next = Přihlaste se znovu svým uživatelským jménem.
no-undecided-title = Přihlášení nelze posoudit
no-undecided = Odpovědi aplikace na přihlášení nerozumíme, takže přihlášení neproběhlo.

## Requests that can be read in two ways

odd-address = Adresu této stránky lze přečíst dvěma způsoby, a tak ji nepředáváme dál.
odd-cookie = Prohlížeč poslal soubor cookie relace dvěma způsoby, takže nelze poznat, který platí.
odd-cookies-unreadable = Soubory cookie v tomto požadavku nelze přečíst.
odd-form = Odeslaný formulář lze přečíst dvěma způsoby, a tak ho nepředáváme dál.
odd-header-twice = Hlavička, která smí být jen jednou, přišla dvakrát.
odd-host = Hlavička Host v tomto požadavku chybí, nebo ji nelze přečíst.
odd-length = Délku tohoto požadavku lze přečíst dvěma způsoby.
odd-no-proxy = Toto není dopředný proxy server.
odd-no-trace = Metoda TRACE tu není povolená.
odd-method = Tato metoda tu není podporovaná.
odd-only-chunked = V hlavičce Transfer-Encoding přijímáme jen `chunked`.
odd-only-websockets = Tímto způsobem lze otevřít jen WebSocket.
odd-session-in-address = Adresa obsahuje relaci nebo token. Přihlaste se místo toho se zapnutými soubory cookie.
odd-session-in-form = Odeslaný formulář obsahuje relaci nebo token. Přihlaste se místo toho se zapnutými soubory cookie.
odd-head-too-large = Prohlížeč poslal víc souborů cookie nebo delší adresu, než tento web přijímá.
odd-user-from-proxy = Proxy server před tímto webem uvedl uživatele dvěma způsoby, a tak požadavek nepředáváme dál.
odd-user-name = Uživatelské jméno v tomto přihlášení lze přečíst dvěma způsoby, a tak ho nepředáváme dál.
odd-login-body = S tímto druhem obsahu se přihlásit nelze.
odd-login-compressed = Komprimovaný obsah nelze použít k přihlášení ani jako formulář.
odd-login-in-address = Přihlašovací údaje patří do těla požadavku, ne do adresy.
odd-login-too-large = Na přihlášení je to příliš velké.
odd-login-way = Jméno a heslo takto poslat nelze.

## The gate's own pages

own-not-found-title = Taková stránka tu není
own-not-found = Brána na této adrese žádnou stránku nemá.
own-wrong-method-title = Takhle to tu nefunguje
own-wrong-method = Tato stránka brány přijímá jinou metodu HTTP.
own-not-for-scripts-title = Tato stránka je pro lidi
own-not-for-scripts = Skripty používají API brány.
own-cross-site-title = Tohle přišlo z jiného webu
own-cross-site = Otevřete přímo tuto stránku a zkuste to znovu.
own-json-only-title = Pouze JSON
own-json-only = Pošlete JSON s hlavičkou Content-Type: application/json.
own-too-large = Stránky brány přijímají jen krátké formuláře.
own-no-json-title = Tohle nelze přečíst
own-no-json = Obsah není JSON.
own-stale-title = Tato stránka už není aktuální
own-stale = Vraťte se, načtěte stránku znovu a zkuste to ještě jednou.
own-verify-first-title = Nejdřív druhý faktor

## Challenge, enrolment, settings

flow-title = Nepovedlo se to
flow-code-wrong = { $left ->
    [one] Kód není správný. Zkontrolujte ho a zkuste to znovu; zbývá jeden pokus.
    [few] Kód není správný. Zkontrolujte ho a zkuste to znovu; zbývají { $left } pokusy.
    [many] Kód není správný. Zkontrolujte ho a zkuste to znovu; zbývá { $left } pokusu.
   *[other] Kód není správný. Zkontrolujte ho a zkuste to znovu; zbývá { $left } pokusů.
}
flow-code-expired = Tento kód už neplatí. Nechte si poslat nový.
flow-code-used = Tento kód už byl použitý. Nechte si poslat nový, nebo v aplikaci počkejte na další.
flow-locked-title = Příliš mnoho chybných kódů
flow-locked = U vašeho účtu bylo zadáno příliš mnoho chybných kódů.
flow-sends-title = Příliš mnoho kódů
flow-too-many-sends = Odeslali jsme už příliš mnoho kódů. Použijte ten poslední, nebo to zkuste později.
flow-resend-wait = Kód jsme poslali před chvílí. Než požádáte o další, chvilku počkejte.
flow-unknown-method = Tento způsob ověření u svého účtu nastavený nemáte. Zvolte jiný.
flow-sends-nothing = Při tomto způsobu vidíte kódy rovnou; nic se neposílá.
flow-not-allowed = Otevíraná stránka vyžaduje jiný způsob ověření. Vyberte si ze seznamu.
flow-key-refused = Klíč jsme nepřijali. Zkuste to znovu, nebo zvolte jiný způsob.
flow-key-cloned = Tento klíč jsme odmítli: možná existuje jeho kopie. Zvolte jiný způsob a řekněte to správci.
flow-code-required = K této změně je potřeba kód. Nechte si ho poslat tímto způsobem, nebo použijte silnější.
flow-no-session-title = Přihlášení skončilo
flow-no-session = Vaše přihlášení skončilo. Vraťte se do aplikace a přihlaste se znovu.
flow-no-session-next = Vraťte se do aplikace a přihlaste se znovu.
flow-verify-first = Nejdřív se ověřte druhým faktorem.
flow-needs-invite-title = Váš účet potřebuje druhý faktor
flow-needs-invite = Váš účet nemá nastavený druhý faktor. Požádejte správce, aby vám dovolil ho nastavit.
flow-needs-invite-next = Správce vám může účet obnovit nebo poslat pozvánku.
flow-already-active = Tento způsob ověření už nastavený máte.
flow-nothing-to-confirm = Není co potvrdit. Začněte s nastavením znovu.
flow-last-method = Jiný způsob ověření nemáte. Než ho odeberete, přidejte další.
flow-from-directory = Tento způsob nastavila vaše organizace; tady ho odebrat nejde.
flow-backup-off = Záložní kódy jsou tu vypnuté.
flow-regeneration-off = Nové záložní kódy tu vytvořit nejde. Obraťte se na správce.
flow-unavailable = Brána se teď nedostane ke svým datům. Zkuste to za chvíli znovu.
flow-yubico-away = Váš YubiKey teď nelze ověřit. Zkuste to za chvíli znovu, nebo zvolte jiný způsob.
flow-go-on = { $what } Pokračovat můžete za { $span } ({ $when }).
flow-instead = { $what } Místo toho můžete použít: { $method }.

## Why a message was not sent

trouble-recipient = Na adresu nebo číslo, které u vás máme, nelze posílat zprávy. Požádejte správce o opravu, nebo zvolte jiný způsob.
trouble-opted-out = Tyto zprávy jsou pro váš telefon odhlášené. Odpovězte na poslední z nich START, nebo zvolte jiný způsob.
trouble-setup = Zprávu s kódem se nepodařilo odeslat. Řekněte to správci, nebo zvolte jiný způsob.
trouble-later = Zprávu s kódem se teď nepodařilo odeslat. Zkuste to za chvíli znovu, nebo zvolte jiný způsob.
trouble-unknown = Není jisté, že se zpráva s kódem odeslala. Pokud do minuty nepřijde, požádejte o novou, nebo zvolte jiný způsob.

## Answers of the API

api-second-factor-title = Vyžadován druhý faktor
api-second-factor = Ověřte se druhým faktorem a odešlete to znovu.
api-code-sent = Kód byl odeslán.
api-touch-key = Dotkněte se klíče.
api-touch-yubikey = Dotkněte se klíče YubiKey a potvrďte tím, co napíše.
api-removed = Způsob ověření byl odebrán.
api-primary-changed = Hlavní způsob ověření byl změněn.

### Methods

method-email = E-mail
method-sms = SMS
method-app = Ověřovací aplikace
method-yubikey = YubiKey
method-webauthn = Přístupový nebo bezpečnostní klíč
method-backup = Záložní kód

### Messages

## The e-mail with a code

mail-subject = Váš ověřovací kód
mail-code = { $code } je váš ověřovací kód pro { $brand } ({ $host }).
mail-code-below = Váš ověřovací kód pro <strong>{ $brand }</strong> ({ $host }):
mail-works-once = { $minutes ->
    [one] Platí jednou, { $minutes } minutu, v prohlížeči, ve kterém se přihlašujete.
    [few] Platí jednou, { $minutes } minuty, v prohlížeči, ve kterém se přihlašujete.
    [many] Platí jednou, { $minutes } minuty, v prohlížeči, ve kterém se přihlašujete.
   *[other] Platí jednou, { $minutes } minut, v prohlížeči, ve kterém se přihlašujete.
}
mail-asked-by = Kód si vyžádal uživatel { $user }, { $when },
mail-asked-from = z adresy { $network }, { $browser }
mail-not-you = Pokud to nejste vy, někdo zná vaše heslo: kód nikomu nesdělujte a heslo hned změňte.

## The e-mail about a change

notice-added = Byl přidán druhý faktor: { $method }
notice-removed = Byl odebrán druhý faktor: { $method }
notice-backup-used = { $left ->
    [one] Byl použit záložní kód, zbývá { $left }
    [few] Byl použit záložní kód, zbývají { $left }
    [many] Byl použit záložní kód, zbývá { $left }
   *[other] Byl použit záložní kód, zbývá { $left }
}
notice-opening = { $what }. Týká se to vašeho účtu { $user }, { $brand } ({ $host }).
notice-account = Váš účet { $user }, <strong>{ $brand }</strong> ({ $host }).
notice-when = Kdy: { $when }
notice-from = Odkud: { $network }, { $browser }
notice-from-small = z adresy { $network }, { $browser }
notice-not-you = Pokud o tom víte, nemusíte nic dělat. Pokud ne, může být někdo ve vašem účtu: hned si změňte heslo a řekněte to správci.

## Text messages

# Without accents on purpose: they would halve what fits into one message.
sms-code-brand = { $code } je vas kod pro { $brand }.
sms-code = { $code } je vas kod.
