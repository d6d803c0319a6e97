# Polish. The pattern is en.ftl.

language-name = Polski

### Dates and times

moment = { $day }.{ $month }.{ $year }, { $hour }:{ $minute } UTC
span-minutes = { $minutes ->
    [one] { $minutes } minutę
    [few] { $minutes } minuty
    [many] { $minutes } minut
   *[other] { $minutes } minuty
}
span-seconds = { $seconds ->
    [one] { $seconds } sekundę
    [few] { $seconds } sekundy
    [many] { $seconds } sekund
   *[other] { $seconds } sekundy
}

### Pages

page-error-title = Błąd: { $title }
page-moment = { $when }
page-signed-in-as = Zalogowano jako <strong>{ $user }</strong>
page-another-account = Użyj innego konta
page-trouble = Kłopoty?
page-language = Język:
page-something-else = Użyj innej metody
page-continue = Dalej
page-confirm = Potwierdź
page-copied = Skopiowano
page-back-to-settings = Wróć do ustawień
page-code-label = Kod
page-yubikey-label = Dotknij klucza YubiKey
page-code-sent = Kod został wysłany na <strong>{ $address }</strong>.
page-code-comes = Kod przyjdzie na <strong>{ $address }</strong>.
# Accusative: { $time } is "10 minut", "1 minutę".
page-code-works-for = Działa przez <strong>{ $time }</strong>.
page-code-over = Kod stracił ważność. Wyślij nowy.
page-send-first = Wyślij kod
page-send-again = Wyślij nowy kod
page-send-wait = O nowy kod można poprosić za <strong>{ $time }</strong>.
page-no-script = Przeglądarki udostępniają klucze tylko skryptom, a JavaScript jest tu wyłączony. Włącz go albo użyj innej metody.
page-key-unable = Ta przeglądarka nie obsługuje kluczy. Użyj innej metody.
page-key-known = Ten klucz jest już ustawiony. Użyj innego.
page-key-silent = Klucz nie odpowiedział na czas albo anulowano operację. Spróbuj ponownie albo użyj innej metody.

### Pages: the challenge

challenge-title = Jeszcze jeden krok
challenge-title-again = Potwierdź, że to Ty
challenge-title-locked = Zbyt wiele błędnych kodów
challenge-opens-app = Potem otworzy się <strong>{ $app }</strong>.
challenge-opens-page = Potem otworzy się <strong>{ $path }</strong> w { $app }.
challenge-opens-methods = Potem można zmienić sposób logowania do <strong>{ $app }</strong>.
challenge-app = Otwórz aplikację uwierzytelniającą i wpisz kod do <strong>{ $brand }</strong>.
challenge-key = Użyj klucza dostępu albo klucza bezpieczeństwa.
challenge-yubikey = Ustaw kursor w polu i dotknij klucza YubiKey: sam wpisze hasło.
challenge-backup = Wpisz jeden z kodów zapasowych. Każdy działa jeden raz.
challenge-use-key = Użyj klucza
challenge-remember = Nie pytaj na tym urządzeniu przez { $days ->
    [one] { $days } dzień
    [few] { $days } dni
    [many] { $days } dni
   *[other] { $days } dnia
}
challenge-no-code = Żaden kod nie jest w drodze. Wyślij go przyciskiem poniżej.
challenge-unsent = Wysłane dane nie zostały przekazane, bo drugi składnik nie był jeszcze potwierdzony. Po tym kroku wyślij je ponownie.
# Accusative, as above.
challenge-lock-left = Koniec blokady za <strong>{ $time }</strong>
challenge-locked-help = Do tego czasu nikt nie może próbować, więc zgadujący jest zatrzymany. Jeśli to nie Ty, ktoś zna Twoje hasło: zmień je i powiadom administratora.
challenge-try-again = Spróbuj ponownie
challenge-why = Dlaczego to widzę?
challenge-why-first = Samo hasło nie otwiera { $brand }, bo można je odgadnąć albo ukraść. Ten drugi krok pokazuje, że to naprawdę Ty.
challenge-why-again = Drugi składnik został potwierdzony jakiś czas temu. Ta strona prosi o niego ponownie, żeby nikt inny nie otworzył jej na Twoim urządzeniu.
challenge-why-stronger = Tę stronę otwierają tylko niektóre metody. Tutaj widać te, których możesz użyć.
challenge-why-changes = Przed zmianą sposobu logowania sprawdzamy, czy to Ty, żeby nie mógł tego zrobić nikt inny.

### Pages: setting up a method

enrol-title = Dodaj drugi składnik
enrol-lead = Wybierz, jak chcesz potwierdzać, że to Ty.
enrol-first = Samo hasło nie otwiera już { $brand }. Wybierz, czego chcesz używać oprócz niego: zajmie to minutę, a później można to zmienić.
enrol-nothing = Nie ma już nic do ustawienia.
enrol-recommended = zalecane
enrol-set-up = Ustaw: { $method }
enrol-why-key = Jedno dotknięcie: odcisk palca, twarz albo klucz bezpieczeństwa. Nikt nie wyłudzi tego podstępem.
enrol-why-yubikey = Mały klucz w porcie USB po dotknięciu wpisuje hasło.
enrol-why-app = Aplikacja w telefonie co pół minuty pokazuje nowy kod. Nie potrzebuje sieci.
enrol-why-message = Za każdym razem kod przychodzi na <strong>{ $address }</strong>.
enrol-something-else = Wybierz coś innego
enrol-app-title = Ustaw aplikację uwierzytelniającą
enrol-app-have = Przygotuj aplikację uwierzytelniającą
enrol-app-which = Może być dowolna, na przykład Aegis, Google Authenticator, Microsoft Authenticator albo menedżer haseł.
enrol-app-scan = Zeskanuj to aplikacją
enrol-app-open = Otwórz w mojej aplikacji
enrol-app-secret = Albo wpisz ten sekret do aplikacji. Jest pokazywany tylko teraz.
enrol-app-copy = Skopiuj sekret
enrol-app-code = Wpisz kod, który pokazuje aplikacja
enrol-app-again = Wpisz kod, który aplikacja pokazuje teraz.
enrol-app-anew = Zacznij od nowa z nowym sekretem
enrol-code-title = Potwierdź kodem
enrol-key-title = Dodaj klucz dostępu lub klucz bezpieczeństwa
enrol-key-lead = Przeglądarka poprosi o użycie blokady ekranu tego urządzenia, telefonu albo klucza bezpieczeństwa.
enrol-yubikey-title = Dodaj klucz YubiKey
enrol-yubikey-lead = Ustaw kursor w drugim polu i dotknij klucza YubiKey: sam wpisze hasło.
enrol-name = Jego nazwa
enrol-name-hint = Żeby odróżnić go od innych: „Mój telefon”, „Niebieski klucz”.
enrol-add-it = Dodaj
enrol-done-title = Gotowe
enrol-done = Ustawiono: { $method }.

### Pages: backup codes

backup-title = Twoje kody zapasowe
backup-lead = Każdy działa jeden raz, gdy nie można użyć innych metod. Przechowaj je w bezpiecznym miejscu: są pokazywane tylko teraz.
backup-copy = Kopiuj
backup-save = Zapisz jako plik
backup-print = Drukuj
backup-file = Kody zapasowe użytkownika { $user } do { $brand }. Każdy działa jeden raz.
backup-next = Co dalej
backup-next-time = Przy logowaniu po haśle prosimy o drugi składnik.
backup-next-lost = Jeśli go utracisz, zalogujesz się kodem zapasowym; ustaw wtedy nowy.
backup-kept = Kody są zapisane

### Pages: settings

settings-title = Twój drugi składnik
settings-primary = główna
settings-make-primary = Ustaw jako główną
settings-make-primary-named = Ustaw jako główną: { $name }
settings-remove = Usuń
settings-remove-named = Usuń: { $name }
settings-from-directory = Ustawiona przez organizację
settings-add = Dodaj metodę
settings-backup = Kody zapasowe
settings-backup-left = { $count ->
    [0] Pozostało { $count }: utwórz nowe.
    [one] Pozostał { $count } nieużyty.
    [few] Pozostały { $count } nieużyte.
    [many] Pozostało { $count } nieużytych.
   *[other] Pozostało { $count } nieużytego.
}
settings-backup-new = Utwórz nowe (stare przestaną działać)
settings-devices = Zapamiętane urządzenia
settings-devices-count = { $count ->
    [one] { $count } urządzenie nie jest pytane o drugi składnik.
    [few] { $count } urządzenia nie są pytane o drugi składnik.
    [many] { $count } urządzeń nie jest pytanych o drugi składnik.
   *[other] { $count } urządzenia nie jest pytane o drugi składnik.
}
settings-devices-forget = Zapomnij wszystkie
settings-activity = Ostatnia aktywność
settings-activity-hint = Coś z tego to nie Ty? Zmień hasło i powiadom administratora.
settings-back = Wróć do { $brand }
settings-done-enrolled = Dodano: { $method }. Od teraz można tego używać.
settings-done-removed = Usunięto: { $method }.
settings-done-primary = Od teraz pierwsza jest metoda: { $method }.
settings-done-devices = Wszystkie urządzenia są znów pytane o drugi składnik.
confirm-remove = Usuń: { $name }
confirm-backup = Utwórz nowe kody zapasowe
confirm-with = Potwierdź, że to Ty. Metoda: <strong>{ $method }</strong>.
confirm-send-first = Najpierw wyślij kod na <strong>{ $address }</strong>, aby potwierdzić, że to Ty.

### Pages: recent activity

activity-signed-in = Zalogowano hasłem
activity-challenged = Poproszono o drugi składnik
activity-sent = Wysłano kod
activity-send-failed = Nie udało się wysłać kodu
activity-send-refused = Nie wysłano kodu: poproszono o zbyt wiele
activity-passed = Potwierdzono drugi składnik
activity-failed = Błędny kod lub klucz
activity-locked = Zablokowano po zbyt wielu błędnych kodach
activity-enrolled = Dodano metodę
activity-removed = Usunięto metodę
activity-primary-changed = Zmieniono główną metodę
activity-backup-codes-made = Utworzono kody zapasowe
activity-backup-code-used = Użyto kodu zapasowego
activity-device-remembered = Zapamiętano urządzenie
activity-devices-forgotten = Zapomniano urządzenia
activity-reset = Zresetowane przez administratora

### Pages: what a refusal offers

refusal-sign-in = Zaloguj się ponownie
refusal-start = Przejdź na stronę główną
refusal-clear = Wyczyść ciasteczka tej witryny
refusal-request = Żądanie { $id }

### Errors

## Refusals: a title, what happened, what to do now

no-malformed-title = Tego żądania nie można przekazać dalej
no-cookies-next = Te ciasteczka zostały usunięte z przeglądarki. Zaloguj się ponownie; jeśli ta strona wróci, wyczyść ciasteczka tej witryny.
no-next-back = Wróć i spróbuj ponownie.
no-next-again = Spróbuj ponownie.
no-next-moment = Spróbuj ponownie za chwilę.
no-next-tell = Spróbuj ponownie albo powiadom administratora.
no-moment-title = Chwileczkę
no-bad-request-title = Tego żądania nie można odczytać
no-bad-request = To, co nadeszło, było niepełne albo nie było zgodne z HTTP.
no-too-slow-title = To trwało zbyt długo
no-too-slow = Reszta wysłanych danych nie nadeszła na czas.
no-too-slow-next = Wyślij je ponownie.
no-too-large-title = To jest zbyt duże
no-too-large = Wysłane dane są większe, niż przyjmuje ta witryna.
no-too-large-next = Wyślij coś mniejszego albo zapytaj administratora.
no-busy = Ta witryna dostaje więcej żądań naraz, niż może obsłużyć.
no-wrong-host-title = Pod tym adresem nie ma żadnej aplikacji
no-wrong-host = Pod tą nazwą hosta bramka nie udostępnia żadnej aplikacji.
no-wrong-host-next = Sprawdź adres.
no-old-terms-title = Połącz się ponownie
no-old-terms = Od czasu otwarcia Twojego połączenia zmieniły się wymagania tej witryny.
no-old-terms-next = Odśwież stronę.
no-send-again-title = Jeszcze jeden krok przed wysłaniem
no-send-again = Dane nie zostały przekazane. Potwierdź drugi składnik logowania, wróć i wyślij je ponownie.
no-send-again-next = Przejdź do drugiego składnika.
no-denied-title = Ta strona jest zamknięta
no-denied = Administrator zamknął dostęp do tej strony.
no-denied-next = Wróć na stronę główną.
no-sign-in-first-title = Najpierw się zaloguj
no-sign-in-first = Bez zalogowania nie można tego przekazać dalej.
no-sign-in-first-next = Zaloguj się i wyślij ponownie.
no-upgrade-title = Najpierw potwierdź drugi składnik
no-upgrade = To połączenie wymaga potwierdzonej sesji.
no-upgrade-next = Zaloguj się i potwierdź drugi składnik.
no-login-in-progress-title = Trwa logowanie
no-login-in-progress = Inne logowanie z tej przeglądarki jest właśnie w drodze do aplikacji.
no-login-in-progress-next = Odczekaj chwilę i spróbuj ponownie.
no-another-account-title = W tej przeglądarce zalogowano kogoś innego
no-another-account = Logowanie jako inny użytkownik nie zostało przekazane, bo w tej przeglądarce jest otwarta potwierdzona sesja.
# "Użyj innego konta" is a button of the page (page-another-account).
no-another-account-next = Wybierz „Użyj innego konta”, a potem zaloguj się ponownie.
no-login-elsewhere-title = To nie jest miejsce do logowania
no-login-elsewhere = Nazwa i hasło zostały wysłane pod adres, który nie jest znany jako strona logowania, więc nie zostały przekazane.
no-login-elsewhere-next = Zaloguj się na stronie logowania tej witryny. Dla administratorów: dopisz ten adres do login_paths albo dodaj źródło potwierdzające.
no-sent-back-title = Logowanie się nie powiodło
no-sent-back = Aplikacja odesłała z powrotem do logowania. Być może nazwa lub hasło były błędne.
no-memory = Bramka nie ma dostępu do swojej pamięci, więc nie wie, czyja to sesja.
no-probe = Aplikacja nie powiedziała jasno, czyja to sesja.
no-directory = Listy użytkowników nie można teraz odczytać, więc nikt nie może się zalogować.
no-down-title = Aplikacja jest nieosiągalna
no-down = Aplikacja, do której należy ta strona, nie odpowiada.
no-slow-title = Aplikacja odpowiada zbyt długo
no-slow = Aplikacja, do której należy ta strona, nie odpowiedziała na czas.
no-broke-title = Aplikacja przerwała odpowiedź
no-broke = Odpowiedzi aplikacji nie można przekazać.
no-answer-too-large-title = Odpowiedzi aplikacji nie można przekazać
no-answer-too-large = Aplikacja odpowiedziała większą liczbą nagłówków, niż ktokolwiek może przyjąć.
no-answer-too-large-next = Powiadom administratora; często przyczyną jest wiele starych ciasteczek.
no-user-changed-title = Teraz jest zalogowany ktoś inny
no-user-changed = Aplikacja podaje innego użytkownika niż ten, który potwierdził drugi składnik, więc jej odpowiedź została zatrzymana.
no-user-changed-next = Zaloguj się ponownie.
no-user-unknown-title = To konto nie jest tu znane
no-user-unknown = Aplikacja przyjęła logowanie, ale katalog użytkowników bramki nie zna tego konta, więc nie można sprawdzić jego drugiego składnika.
no-user-unknown-next = Poproś administratora o dodanie konta.
no-disagreement-title = Logowanie się nie zgadza
no-disagreement = Według aplikacji zalogowano innego użytkownika niż wpisany.
no-disagreement-next = Zaloguj się ponownie własną nazwą użytkownika.
no-undecided-title = Nie można ocenić logowania
no-undecided = Odpowiedź aplikacji na logowanie jest niezrozumiała, więc nikt nie został zalogowany.

## Requests that can be read in two ways

odd-address = Adres tej strony można odczytać na dwa sposoby, więc nie jest przekazywany dalej.
odd-cookie = Przeglądarka wysłała ciasteczko sesji aplikacji na dwa sposoby i nie wiadomo, które się liczy.
odd-cookies-unreadable = Ciasteczek tego żądania nie można odczytać.
odd-form = Wysłany formularz można odczytać na dwa sposoby, więc nie jest przekazywany dalej.
odd-header-twice = Nagłówek, który może wystąpić raz, został wysłany dwa razy.
odd-host = W tym żądaniu brakuje nagłówka Host albo nie można go odczytać.
odd-length = Długość tego żądania można odczytać na dwa sposoby.
odd-no-proxy = To nie jest serwer pośredniczący.
odd-no-trace = Metoda TRACE nie jest tu dozwolona.
odd-method = Ta metoda nie jest tu obsługiwana.
odd-only-chunked = Jako Transfer-Encoding przyjmowane jest tylko `chunked`.
odd-only-websockets = W ten sposób można otwierać tylko WebSockets.
odd-session-in-address = Adres zawiera sesję lub token. Zaloguj się z włączonymi ciasteczkami.
odd-session-in-form = Wysłany formularz zawiera sesję lub token. Zaloguj się z włączonymi ciasteczkami.
odd-head-too-large = Przeglądarka wysłała więcej ciasteczek albo dłuższy adres, niż przyjmuje ta witryna.
odd-user-from-proxy = Serwer pośredniczący przed tą witryną podał użytkownika na dwa sposoby, więc żądanie nie jest przekazywane.
odd-user-name = Nazwę użytkownika w tym logowaniu można odczytać na dwa sposoby, więc nie jest przekazywana dalej.
odd-login-body = Takiej treści nie można użyć do logowania.
odd-login-compressed = Skompresowanej treści nie można użyć do logowania ani jako formularza.
odd-login-in-address = Pola logowania powinny być w treści żądania, a nie w adresie.
odd-login-too-large = To jest zbyt duże na logowanie.
odd-login-way = W ten sposób nie można wysłać nazwy i hasła.

## The gate's own pages

own-not-found-title = Nie ma takiej strony
own-not-found = Pod tym adresem bramka nie ma żadnej strony.
own-wrong-method-title = To tutaj nie działa
own-wrong-method = Ta strona bramki przyjmuje inną metodę.
own-not-for-scripts-title = Ta strona jest dla ludzi
own-not-for-scripts = Skrypty korzystają z API bramki.
own-cross-site-title = To przyszło z innej witryny
own-cross-site = Otwórz samą stronę i spróbuj ponownie.
own-json-only-title = Tylko JSON
own-json-only = Wyślij JSON z nagłówkiem Content-Type: application/json.
own-too-large = Strony bramki przyjmują tylko krótkie formularze.
own-no-json-title = Tego nie można odczytać
own-no-json = Treść nie jest w formacie JSON.
own-stale-title = Ta strona jest nieaktualna
own-stale = Wróć, odśwież stronę i spróbuj ponownie.
own-verify-first-title = Najpierw drugi składnik

## Challenge, enrolment, settings

flow-title = To się nie udało
flow-code-wrong = { $left ->
    [one] Ten kod jest nieprawidłowy. Sprawdź go i spróbuj ponownie; została jedna próba.
    [few] Ten kod jest nieprawidłowy. Sprawdź go i spróbuj ponownie; zostały { $left } próby.
    [many] Ten kod jest nieprawidłowy. Sprawdź go i spróbuj ponownie; zostało { $left } prób.
   *[other] Ten kod jest nieprawidłowy. Sprawdź go i spróbuj ponownie; zostało { $left } próby.
}
flow-code-expired = Ten kod stracił ważność. Poproś o nowy.
flow-code-used = Ten kod został już użyty. Poproś o nowy albo poczekaj na następny kod w aplikacji.
flow-locked-title = Zbyt wiele błędnych kodów
flow-locked = Dla tego konta wpisano zbyt wiele błędnych kodów.
flow-sends-title = Zbyt wiele kodów
flow-too-many-sends = Wysłano zbyt wiele kodów. Użyj ostatniego albo spróbuj ponownie później.
flow-resend-wait = Kod został wysłany przed chwilą. Poczekaj trochę, zanim poprosisz o następny.
flow-unknown-method = Ta metoda nie jest ustawiona dla tego konta. Wybierz inną.
flow-sends-nothing = Ta metoda sama pokazuje kody; niczego się nie wysyła.
flow-not-allowed = Ta strona wymaga innej metody. Wybierz jedną z listy.
flow-key-refused = Klucz nie został przyjęty. Spróbuj ponownie albo użyj innej metody.
flow-key-cloned = Ten klucz został odrzucony: może istnieć jego kopia. Użyj innej metody i powiadom administratora.
flow-code-required = Ta zmiana wymaga kodu. Wyślij kod tej metody albo silniejszej.
flow-no-session-title = Sesja logowania wygasła
flow-no-session = Sesja logowania wygasła. Wróć do aplikacji i zaloguj się ponownie.
flow-no-session-next = Wróć do aplikacji i zaloguj się ponownie.
flow-verify-first = Najpierw potwierdź drugi składnik.
flow-needs-invite-title = To konto potrzebuje drugiego składnika
flow-needs-invite = Dla tego konta nie ustawiono drugiego składnika. Poproś administratora, aby pozwolił go ustawić.
flow-needs-invite-next = Administrator może zresetować konto albo wysłać zaproszenie.
flow-already-active = Ta metoda jest już ustawiona.
flow-nothing-to-confirm = Nie ma czego potwierdzać. Zacznij ustawianie metody od nowa.
flow-last-method = To jedyna metoda tego konta. Przed usunięciem dodaj inną.
flow-from-directory = Tę metodę ustawiła organizacja; tutaj nie można jej usunąć.
flow-backup-off = Kody zapasowe są tu wyłączone.
flow-regeneration-off = Tutaj nie można utworzyć nowych kodów zapasowych. Zapytaj administratora.
flow-unavailable = Bramka nie ma teraz dostępu do swojej pamięci. Spróbuj ponownie za chwilę.
flow-yubico-away = Nie można teraz sprawdzić klucza YubiKey. Spróbuj ponownie za chwilę albo użyj innej metody.
flow-go-on = { $what } Można kontynuować za { $span }: { $when }.
flow-instead = { $what } Możesz zamiast tego użyć metody: { $method }.

## Why a message was not sent

trouble-recipient = Na zapisany adres lub numer nie można wysyłać wiadomości. Poproś administratora o poprawienie go albo użyj innej metody.
trouble-opted-out = Te wiadomości zostały wypisane na tym telefonie. Odpowiedz START na ostatnią z nich albo użyj innej metody.
trouble-setup = Nie udało się wysłać wiadomości z kodem. Powiadom administratora albo użyj innej metody.
trouble-later = Nie udało się teraz wysłać wiadomości z kodem. Spróbuj ponownie za chwilę albo użyj innej metody.
trouble-unknown = Nie ma pewności, czy wiadomość z kodem została wysłana. Jeśli nie nadejdzie w ciągu minuty, poproś o nową albo użyj innej metody.

## Answers of the API

api-second-factor-title = Wymagany drugi składnik
api-second-factor = Potwierdź drugi składnik i wyślij to ponownie.
api-code-sent = Kod został wysłany.
api-touch-key = Dotknij klucza.
api-touch-yubikey = Dotknij klucza YubiKey i potwierdź tym, co wpisze.
api-removed = Metoda została usunięta.
api-primary-changed = Główna metoda została zmieniona.

### Methods

method-email = E-mail
method-sms = SMS
method-app = Aplikacja uwierzytelniająca
method-yubikey = YubiKey
method-webauthn = Klucz dostępu lub klucz bezpieczeństwa
method-backup = Kod zapasowy

### Messages

## The e-mail with a code

mail-subject = Twój kod weryfikacyjny
mail-code = { $code } to Twój kod weryfikacyjny do { $brand } ({ $host }).
mail-code-below = Twój kod weryfikacyjny do <strong>{ $brand }</strong> ({ $host }):
mail-works-once = { $minutes ->
    [one] Działa jeden raz, przez { $minutes } minutę, w przeglądarce, w której trwa logowanie.
    [few] Działa jeden raz, przez { $minutes } minuty, w przeglądarce, w której trwa logowanie.
    [many] Działa jeden raz, przez { $minutes } minut, w przeglądarce, w której trwa logowanie.
   *[other] Działa jeden raz, przez { $minutes } minuty, w przeglądarce, w której trwa logowanie.
}
mail-asked-by = Prosi o niego { $user }, { $when }
mail-asked-from = z { $network }, { $browser }
mail-not-you = Jeśli to nie Ty, ktoś zna Twoje hasło: nie podawaj nikomu kodu i od razu zmień hasło.

## The e-mail about a change

notice-added = Dodano drugi składnik: { $method }
notice-removed = Usunięto drugi składnik: { $method }
notice-backup-used = { $left ->
    [one] Użyto kodu zapasowego, został { $left }
    [few] Użyto kodu zapasowego, zostały { $left }
    [many] Użyto kodu zapasowego, zostało { $left }
   *[other] Użyto kodu zapasowego, zostało { $left }
}
notice-opening = { $what }. Dotyczy konta { $user } w { $brand } ({ $host }).
notice-account = Konto { $user } w <strong>{ $brand }</strong> ({ $host }).
notice-when = Kiedy: { $when }
notice-from = Skąd: { $network }, { $browser }
notice-from-small = z { $network }, { $browser }
notice-not-you = Jeśli to Ty, nie trzeba nic robić. Jeśli nie, ktoś może mieć dostęp do Twojego konta: od razu zmień hasło i powiadom administratora.

## Text messages

# Without accents on purpose: they would halve what fits into one message.
sms-code-brand = { $code } to kod do { $brand }.
sms-code = { $code } to kod logowania.
