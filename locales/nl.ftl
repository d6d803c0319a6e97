# Dutch. The pattern is en.ftl.

language-name = Nederlands

### Dates and times

moment = { $day }-{ $month }-{ $year }, { $hour }:{ $minute } UTC
span-minutes = { $minutes ->
    [one] { $minutes } minuut
   *[other] { $minutes } minuten
}
span-seconds = { $seconds ->
    [one] { $seconds } seconde
   *[other] { $seconds } seconden
}

### Pages

page-error-title = Fout: { $title }
page-moment = { $when }
page-signed-in-as = Ingelogd als <strong>{ $user }</strong>
page-another-account = Ander account gebruiken
page-trouble = Hulp nodig?
page-language = Taal:
page-something-else = Iets anders gebruiken
page-continue = Verder
page-confirm = Bevestigen
page-copied = Gekopieerd
page-back-to-settings = Terug naar instellingen
page-code-label = Code
page-yubikey-label = Raak je YubiKey aan
page-code-sent = We hebben een code gestuurd naar <strong>{ $address }</strong>.
page-code-comes = Je code komt op <strong>{ $address }</strong>.
page-code-works-for = Hij is nog <strong>{ $time }</strong> geldig.
page-code-over = De code is verlopen. Vraag een nieuwe aan.
page-send-first = Code sturen
page-send-again = Nieuwe code sturen
page-send-wait = Over <strong>{ $time }</strong> kun je een nieuwe aanvragen.
page-no-script = Sleutels werken alleen met JavaScript, en dat staat hier uit. Zet het aan of gebruik iets anders.
page-key-unable = Deze browser kan geen sleutels gebruiken. Gebruik iets anders.
page-key-known = Deze sleutel is al ingesteld. Gebruik een andere.
page-key-silent = Je sleutel reageerde niet op tijd, of je hebt geannuleerd. Probeer het opnieuw of gebruik iets anders.

### Pages: the challenge

challenge-title = Nog één stap
challenge-title-again = Bevestig dat jij het bent
challenge-title-locked = Te veel verkeerde codes
challenge-opens-app = Daarna gaat <strong>{ $app }</strong> open.
challenge-opens-page = Daarna gaat <strong>{ $path }</strong> open in { $app }.
challenge-opens-methods = Daarna kun je wijzigen hoe je inlogt bij <strong>{ $app }</strong>.
challenge-app = Open je authenticator-app en typ de code voor <strong>{ $brand }</strong>.
challenge-key = Gebruik je passkey of beveiligingssleutel.
challenge-yubikey = Zet de cursor in het veld en raak je YubiKey aan: die typt zelf een eenmalig wachtwoord.
challenge-backup = Typ een van je back-upcodes. Elke code werkt één keer.
challenge-use-key = Mijn sleutel gebruiken
challenge-remember = { $days ->
    [one] { $days } dag niet meer vragen op dit apparaat
   *[other] { $days } dagen niet meer vragen op dit apparaat
}
challenge-no-code = Er is geen code naar je onderweg. Vraag er hieronder een aan.
challenge-unsent = Wat je verstuurde is niet doorgegeven, omdat je tweede factor nog niet bevestigd was. Verstuur het hierna opnieuw.
challenge-lock-left = Resterende tijd: <strong>{ $time }</strong>
challenge-locked-help = Tot dan kan niemand het proberen, dus wie aan het raden was, komt niet verder. Was jij dat niet, dan kent iemand je wachtwoord: wijzig het en waarschuw je beheerder.
challenge-try-again = Opnieuw proberen
challenge-why = Waarom zie ik dit?
challenge-why-first = Met alleen een wachtwoord gaat { $brand } niet open, want dat kan worden geraden of gestolen. Deze tweede stap laat zien dat jij het echt bent.
challenge-why-again = Je hebt je tweede factor een tijd geleden bevestigd. Deze pagina vraagt er opnieuw om, zodat niemand anders die op jouw apparaat kan openen.
challenge-why-stronger = Deze pagina gaat alleen open met bepaalde methoden. Hier staan de methoden die je kunt gebruiken.
challenge-why-changes = Voordat je wijzigt hoe je inlogt, controleren we of jij het bent, zodat niemand anders dat kan doen.

### Pages: setting up a method

enrol-title = Tweede factor toevoegen
enrol-lead = Kies hoe je wilt bevestigen dat jij het bent.
enrol-first = Met alleen een wachtwoord gaat { $brand } niet meer open. Kies wat je ernaast wilt gebruiken: het kost een minuut en je kunt het later wijzigen.
enrol-nothing = Er is niets meer in te stellen.
enrol-recommended = aanbevolen
enrol-set-up = { $method } instellen
enrol-why-key = Eén handeling, met je vingerafdruk, je gezicht of een beveiligingssleutel. Niemand kan je die met een truc ontfutselen.
enrol-why-yubikey = Een kleine sleutel in de usb-poort typt een eenmalig wachtwoord als je hem aanraakt.
enrol-why-app = Een app op je telefoon toont elke halve minuut een nieuwe code. Daar is geen verbinding voor nodig.
enrol-why-message = Er komt telkens een code op <strong>{ $address }</strong>.
enrol-something-else = Iets anders kiezen
enrol-app-title = Je authenticator-app instellen
enrol-app-have = Zorg dat je een authenticator-app hebt
enrol-app-which = Elke app is goed, bijvoorbeeld Aegis, Google Authenticator, Microsoft Authenticator of je wachtwoordbeheerder.
enrol-app-scan = Scan dit met de app
enrol-app-open = Openen in mijn app
enrol-app-secret = Of typ deze geheime sleutel in de app. Je ziet hem alleen nu.
enrol-app-copy = Geheime sleutel kopiëren
enrol-app-code = Typ de code die de app toont
enrol-app-again = Typ de code die je app nu toont.
enrol-app-anew = Opnieuw beginnen met een nieuwe geheime sleutel
enrol-code-title = Bevestigen met een code
enrol-key-title = Passkey of beveiligingssleutel toevoegen
enrol-key-lead = Je browser vraagt je om de schermvergrendeling van dit apparaat, je telefoon of een beveiligingssleutel te gebruiken.
enrol-yubikey-title = YubiKey toevoegen
enrol-yubikey-lead = Zet de cursor in het tweede veld en raak je YubiKey aan: die typt zelf een eenmalig wachtwoord.
enrol-name = Naam van de sleutel
enrol-name-hint = Om hem van andere te onderscheiden: ‘Mijn telefoon’, ‘Blauwe sleutel’.
enrol-add-it = Toevoegen
enrol-done-title = Klaar
enrol-done = { $method } is ingesteld.

### Pages: backup codes

backup-title = Je back-upcodes
backup-lead = Elke code werkt één keer, als je je andere methoden niet kunt gebruiken. Bewaar ze op een veilige plek: je ziet ze alleen nu.
backup-copy = Kopiëren
backup-save = Opslaan als bestand
backup-print = Afdrukken
backup-file = Back-upcodes van { $user } voor { $brand }. Elke code werkt één keer.
backup-next = Wat er nu gebeurt
backup-next-time = Als je inlogt, vragen we na je wachtwoord om je tweede factor.
backup-next-lost = Raak je die kwijt, dan kom je binnen met een back-upcode; stel daarna een nieuwe in.
backup-kept = Ik heb ze bewaard

### Pages: settings

settings-title = Je tweede factor
settings-primary = standaard
settings-make-primary = Als standaard instellen
settings-make-primary-named = Als standaard instellen: { $name }
settings-remove = Verwijderen
settings-remove-named = { $name } verwijderen
settings-from-directory = Ingesteld door je organisatie
settings-add = Methode toevoegen
settings-backup = Back-upcodes
settings-backup-left = { $count ->
    [0] Nog { $count } ongebruikt: maak nieuwe.
    [one] Nog { $count } ongebruikt.
   *[other] Nog { $count } ongebruikt.
}
settings-backup-new = Nieuwe maken (de oude werken dan niet meer)
settings-devices = Onthouden apparaten
settings-devices-count = { $count ->
    [one] Op { $count } apparaat wordt niet om een tweede factor gevraagd.
   *[other] Op { $count } apparaten wordt niet om een tweede factor gevraagd.
}
settings-devices-forget = Alle vergeten
settings-activity = Recente activiteit
settings-activity-hint = Staat er iets tussen dat jij niet hebt gedaan? Wijzig je wachtwoord en waarschuw je beheerder.
settings-back = Terug naar { $brand }
settings-done-enrolled = { $method } is toegevoegd. Je kunt deze methode nu gebruiken.
settings-done-removed = { $method } is verwijderd.
settings-done-primary = { $method } komt voortaan als eerste.
settings-done-devices = Op alle apparaten wordt weer om een tweede factor gevraagd.
confirm-remove = { $name } verwijderen
confirm-backup = Nieuwe back-upcodes maken
confirm-with = Bevestig met <strong>{ $method }</strong> dat jij het bent.
confirm-send-first = Stuur eerst een code naar <strong>{ $address }</strong> om te bevestigen dat jij het bent.

### Pages: recent activity

activity-signed-in = Ingelogd met je wachtwoord
activity-challenged = Om je tweede factor gevraagd
activity-sent = Code gestuurd
activity-send-failed = Code kon niet worden gestuurd
activity-send-refused = Geen code gestuurd: te veel aangevraagd
activity-passed = Tweede factor bevestigd
activity-failed = Verkeerde code of sleutel
activity-locked = Geblokkeerd na te veel verkeerde codes
activity-enrolled = Methode toegevoegd
activity-removed = Methode verwijderd
activity-primary-changed = Standaardmethode gewijzigd
activity-backup-codes-made = Back-upcodes gemaakt
activity-backup-code-used = Back-upcode gebruikt
activity-device-remembered = Apparaat onthouden
activity-devices-forgotten = Apparaten vergeten
activity-reset = Gereset door een beheerder

### Pages: what a refusal offers

refusal-sign-in = Opnieuw inloggen
refusal-start = Naar de startpagina
refusal-clear = Cookies van deze site wissen
refusal-request = Verzoek { $id }

### Errors

## Refusals: a title, what happened, what to do now

no-malformed-title = Dit verzoek kan niet worden doorgegeven
no-cookies-next = Deze cookies zijn uit je browser gehaald. Log opnieuw in; komt deze pagina terug, wis dan de cookies van deze site.
no-next-back = Ga terug en probeer het opnieuw.
no-next-again = Probeer het opnieuw.
no-next-moment = Probeer het zo meteen opnieuw.
no-next-tell = Probeer het opnieuw of waarschuw je beheerder.
no-moment-title = Een ogenblik
no-bad-request-title = Dit verzoek is niet leesbaar
no-bad-request = Wat binnenkwam was onvolledig of geen HTTP.
no-too-slow-title = Dit duurde te lang
no-too-slow = De rest van wat je verstuurde kwam niet op tijd aan.
no-too-slow-next = Verstuur het opnieuw.
no-too-large-title = Dit is te groot
no-too-large = Wat je verstuurde is groter dan deze site aanneemt.
no-too-large-next = Verstuur iets kleiners of vraag het je beheerder.
no-busy = Deze site krijgt meer verzoeken dan ze tegelijk kan beantwoorden.
no-wrong-host-title = Op dit adres staat geen app
no-wrong-host = De gateway biedt onder deze hostnaam geen app aan.
no-wrong-host-next = Controleer het adres.
no-old-terms-title = Maak opnieuw verbinding
no-old-terms = Wat deze site van een verbinding vraagt, is veranderd sinds de jouwe werd geopend.
no-old-terms-next = Laad de pagina opnieuw.
no-send-again-title = Nog één stap voordat dit wordt verstuurd
no-send-again = Wat je verstuurde is niet doorgegeven. Bevestig je tweede factor, ga terug en verstuur het opnieuw.
no-send-again-next = Ga verder naar de tweede factor.
no-denied-title = Deze pagina is gesloten
no-denied = Van de beheerder mag je deze pagina niet openen.
no-denied-next = Ga terug naar de startpagina.
no-sign-in-first-title = Log eerst in
no-sign-in-first = Je bent niet ingelogd, dus dit is niet doorgegeven.
no-sign-in-first-next = Log in en verstuur het daarna opnieuw.
no-upgrade-title = Bevestig eerst je tweede factor
no-upgrade = Voor deze verbinding is een geverifieerde sessie nodig.
no-upgrade-next = Log in en bevestig je tweede factor.
no-login-in-progress-title = Er wordt al ingelogd
no-login-in-progress = Een andere inlogpoging van deze browser is onderweg naar de app.
no-login-in-progress-next = Wacht even en probeer het opnieuw.
no-another-account-title = Je bent ingelogd met een ander account
no-another-account = Het inloggen met een ander account is niet doorgegeven, omdat in deze browser een geverifieerde sessie open is.
# “Ander account gebruiken” is a button of the page (page-another-account).
no-another-account-next = Kies ‘Ander account gebruiken’ en log daarna opnieuw in.
no-login-elsewhere-title = Hier kun je niet inloggen
no-login-elsewhere = Een naam en een wachtwoord zijn naar een adres gestuurd dat niet bekend is als inlogpagina, dus ze zijn niet doorgegeven.
no-login-elsewhere-next = Log in op de inlogpagina van de site zelf. Voor beheerders: zet dit adres in login_paths of voeg een bevestigende bron toe.
no-sent-back-title = Je bent niet ingelogd
no-sent-back = De app heeft je teruggestuurd om in te loggen. Misschien klopte de naam of het wachtwoord niet.
no-memory = De gateway kan niet bij zijn geheugen en weet dus niet van wie deze sessie is.
no-probe = De app zei niet duidelijk van wie deze sessie is.
no-directory = De lijst met gebruikers is nu niet te raadplegen, dus niemand kan inloggen.
no-down-title = De app is niet bereikbaar
no-down = De app achter deze pagina reageert niet.
no-slow-title = De app doet er te lang over
no-slow = De app achter deze pagina gaf niet op tijd antwoord.
no-broke-title = De app brak af
no-broke = Het antwoord van de app kan niet worden doorgegeven.
no-answer-too-large-title = Het antwoord van de app kan niet worden doorgegeven
no-answer-too-large = De app antwoordde met meer headers dan iemand kan aannemen.
no-answer-too-large-next = Waarschuw je beheerder; vaak komt het door veel oude cookies.
no-user-changed-title = Nu is een ander account ingelogd
no-user-changed = De app noemt een ander account dan het account dat de tweede factor bevestigde, dus het antwoord is tegengehouden.
no-user-changed-next = Log opnieuw in.
no-user-unknown-title = Je account is hier niet bekend
no-user-unknown = De app heeft je binnengelaten, maar de gebruikerslijst van de gateway kent dit account niet. Daarom kan niemand de tweede factor ervan controleren.
no-user-unknown-next = Vraag je beheerder om je toe te voegen.
no-disagreement-title = Het inloggen klopt niet
no-disagreement = Volgens de app is een ander account ingelogd dan het account dat je hebt getypt.
no-disagreement-next = Log opnieuw in met je eigen gebruikersnaam.
no-undecided-title = Het is niet duidelijk of het inloggen is gelukt
no-undecided = Het antwoord van de app op je inlogpoging is niet te begrijpen, dus je bent niet ingelogd.

## Requests that can be read in two ways

odd-address = Het adres van deze pagina is op twee manieren te lezen, dus het wordt niet doorgegeven.
odd-cookie = Je browser stuurde de sessiecookie van de app op twee manieren, en het is niet duidelijk welke telt.
odd-cookies-unreadable = De cookies van dit verzoek zijn niet leesbaar.
odd-form = Het verstuurde formulier is op twee manieren te lezen, dus het wordt niet doorgegeven.
odd-header-twice = Een header die maar één keer mag voorkomen, is twee keer gestuurd.
odd-host = De Host van dit verzoek ontbreekt of is niet leesbaar.
odd-length = De lengte van dit verzoek is op twee manieren te lezen.
odd-no-proxy = Dit is geen forward proxy.
odd-no-trace = TRACE is hier niet toegestaan.
odd-method = Deze methode wordt hier niet ondersteund.
odd-only-chunked = Als Transfer-Encoding wordt alleen `chunked` aangenomen.
odd-only-websockets = Op deze manier kun je alleen WebSockets openen.
odd-session-in-address = Het adres bevat een sessie of een token. Zet cookies aan en log daarmee in.
odd-session-in-form = Het verstuurde formulier bevat een sessie of een token. Zet cookies aan en log daarmee in.
odd-head-too-large = Je browser stuurde meer cookies, of een langer adres, dan deze site aanneemt.
odd-user-from-proxy = De proxy vóór deze site noemde de gebruiker op twee manieren, dus dit wordt niet doorgegeven.
odd-user-name = De gebruikersnaam waarmee is ingelogd, is op twee manieren te lezen, dus die wordt niet doorgegeven.
odd-login-body = Met dit soort inhoud kun je niet inloggen.
odd-login-compressed = Met gecomprimeerde inhoud kun je niet inloggen, en ook geen formulier versturen.
odd-login-in-address = De velden om in te loggen horen in de inhoud van het verzoek, niet in het adres.
odd-login-too-large = Dit is te groot om mee in te loggen.
odd-login-way = Een naam en een wachtwoord kun je niet op deze manier versturen.

## The gate's own pages

own-not-found-title = Deze pagina bestaat niet
own-not-found = De gateway heeft geen pagina op dit adres.
own-wrong-method-title = Dit werkt hier niet
own-wrong-method = Deze pagina van de gateway verwacht een andere HTTP-methode.
own-not-for-scripts-title = Deze pagina is voor mensen
own-not-for-scripts = Scripts gebruiken de API van de gateway.
own-cross-site-title = Dit kwam van een andere site
own-cross-site = Open de pagina zelf en probeer het opnieuw.
own-json-only-title = Alleen JSON
own-json-only = Verstuur JSON met Content-Type: application/json.
own-too-large = De pagina’s van de gateway nemen alleen korte formulieren aan.
own-no-json-title = Dit is niet leesbaar
own-no-json = De inhoud is geen JSON.
own-stale-title = Deze pagina is verouderd
own-stale = Ga terug, laad de pagina opnieuw en probeer het nog eens.
own-verify-first-title = Eerst de tweede factor

## Challenge, enrolment, settings

flow-title = Dit is niet gelukt
flow-code-wrong = { $left ->
    [one] Die code klopt niet. Controleer hem en probeer het opnieuw; je hebt nog één poging.
   *[other] Die code klopt niet. Controleer hem en probeer het opnieuw; je hebt nog { $left } pogingen.
}
flow-code-expired = Die code is te oud. Vraag een nieuwe aan.
flow-code-used = Die code is al gebruikt. Vraag een nieuwe aan of wacht op de volgende code van je app.
flow-locked-title = Te veel verkeerde codes
flow-locked = Voor je account zijn te veel verkeerde codes ingevoerd.
flow-sends-title = Te veel codes
flow-too-many-sends = Er zijn te veel codes gestuurd. Gebruik de laatste of probeer het later opnieuw.
flow-resend-wait = Er is net een code gestuurd. Wacht even voordat je een nieuwe aanvraagt.
flow-unknown-method = Deze methode is niet ingesteld voor je account. Kies een andere.
flow-sends-nothing = Deze methode toont zelf de codes; er wordt niets gestuurd.
flow-not-allowed = Voor wat je opende is een andere methode nodig. Kies er een uit de lijst.
flow-key-refused = Je sleutel is niet geaccepteerd. Probeer het opnieuw of gebruik een andere methode.
flow-key-cloned = Deze sleutel is geweigerd: er bestaat misschien een kopie van. Gebruik een andere methode en waarschuw je beheerder.
flow-code-required = Voor deze wijziging is een code nodig. Verstuur er een van deze methode of van een sterkere.
flow-no-session-title = Je sessie is afgelopen
flow-no-session = Je sessie is afgelopen. Ga terug naar de app en log opnieuw in.
flow-no-session-next = Ga terug naar de app en log opnieuw in.
flow-verify-first = Bevestig eerst je tweede factor.
flow-needs-invite-title = Je account heeft een tweede factor nodig
flow-needs-invite = Voor je account is geen tweede factor ingesteld. Vraag je beheerder of je er een mag instellen.
flow-needs-invite-next = Je beheerder kan je account resetten of je uitnodigen.
flow-already-active = Deze methode is al ingesteld.
flow-nothing-to-confirm = Er is niets te bevestigen. Begin opnieuw met het instellen van de methode.
flow-last-method = Dit is je enige methode. Voeg een andere toe voordat je deze verwijdert.
flow-from-directory = Je organisatie heeft deze methode ingesteld; je kunt die hier niet verwijderen.
flow-backup-off = Back-upcodes staan hier uit.
flow-regeneration-off = Je kunt hier geen nieuwe back-upcodes maken. Vraag het je beheerder.
flow-unavailable = De gateway kan nu niet bij zijn geheugen. Probeer het zo meteen opnieuw.
flow-yubico-away = Je YubiKey kan nu niet worden gecontroleerd. Probeer het zo meteen opnieuw of gebruik een andere methode.
flow-go-on = { $what } Over { $span } kun je verder ({ $when }).
flow-instead = { $what } Dit kun je in plaats daarvan gebruiken: { $method }.

## Why a message was not sent

trouble-recipient = Het adres of nummer dat van je bekend is, kan geen berichten ontvangen. Vraag je beheerder om het te corrigeren of gebruik een andere methode.
trouble-opted-out = Je telefoon is afgemeld voor deze berichten. Antwoord START op het laatste of gebruik een andere methode.
trouble-setup = Het bericht met je code kon niet worden gestuurd. Waarschuw je beheerder of gebruik een andere methode.
trouble-later = Het bericht met je code kon nu niet worden gestuurd. Probeer het zo meteen opnieuw of gebruik een andere methode.
trouble-unknown = Het is niet zeker of het bericht met je code is gestuurd. Komt het niet binnen een minuut, vraag dan een nieuw aan of gebruik een andere methode.

## Answers of the API

api-second-factor-title = Tweede factor vereist
api-second-factor = Bevestig je tweede factor en verstuur dit daarna opnieuw.
api-code-sent = De code is gestuurd.
api-touch-key = Raak je sleutel aan.
api-touch-yubikey = Raak je YubiKey aan en bevestig met wat die typt.
api-removed = De methode is verwijderd.
api-primary-changed = De standaardmethode is gewijzigd.

### Methods

method-email = E-mail
method-sms = Sms
method-app = Authenticator-app
method-yubikey = YubiKey
method-webauthn = Passkey of beveiligingssleutel
method-backup = Back-upcode

### Messages

## The e-mail with a code

mail-subject = Je verificatiecode
mail-code = { $code } is je verificatiecode voor { $brand } ({ $host }).
mail-code-below = Je verificatiecode voor <strong>{ $brand }</strong> ({ $host }):
mail-works-once = { $minutes ->
    [one] Hij werkt één keer, { $minutes } minuut lang, in de browser waarin je inlogt.
   *[other] Hij werkt één keer, { $minutes } minuten lang, in de browser waarin je inlogt.
}
mail-asked-by = Aangevraagd door { $user } op { $when }
mail-asked-from = vanaf { $network }, { $browser }
mail-not-you = Was jij dit niet, dan kent iemand je wachtwoord: geef de code aan niemand door en wijzig je wachtwoord meteen.

## The e-mail about a change

notice-added = Er is een tweede factor toegevoegd: { $method }
notice-removed = Er is een tweede factor verwijderd: { $method }
notice-backup-used = { $left ->
    [one] Er is een back-upcode gebruikt, er is er nog { $left }
   *[other] Er is een back-upcode gebruikt, er zijn er nog { $left }
}
notice-opening = { $what }. Het gaat om je account { $user } bij { $brand } ({ $host }).
notice-account = Je account { $user } bij <strong>{ $brand }</strong> ({ $host }).
notice-when = Wanneer: { $when }
notice-from = Vanaf: { $network }, { $browser }
notice-from-small = vanaf { $network }, { $browser }
notice-not-you = Was jij dit, dan hoef je niets te doen. Zo niet, dan zit er misschien iemand in je account: wijzig meteen je wachtwoord en waarschuw je beheerder.

## Text messages

sms-code-brand = { $code } is je code voor { $brand }.
sms-code = { $code } is je code.
