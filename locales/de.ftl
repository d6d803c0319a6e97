# German. The pattern is en.ftl.

language-name = Deutsch

### Dates and times

moment = { $day }.{ $month }.{ $year }, { $hour }:{ $minute } UTC
span-minutes = { $minutes ->
    [one] { $minutes } Minute
   *[other] { $minutes } Minuten
}
span-seconds = { $seconds ->
    [one] { $seconds } Sekunde
   *[other] { $seconds } Sekunden
}

### Pages

page-error-title = Fehler: { $title }
page-moment = { $when }
page-signed-in-as = Angemeldet als <strong>{ $user }</strong>
page-another-account = Anderes Konto verwenden
page-trouble = Probleme?
page-language = Sprache:
page-something-else = Andere Methode verwenden
page-continue = Weiter
page-confirm = Bestätigen
page-copied = Kopiert
page-back-to-settings = Zurück zu den Einstellungen
page-code-label = Code
page-yubikey-label = Berühren Sie Ihren YubiKey
page-code-sent = Wir haben einen Code an <strong>{ $address }</strong> gesendet.
page-code-comes = Ihr Code kommt an <strong>{ $address }</strong>.
page-code-works-for = Er gilt noch <strong>{ $time }</strong>.
page-code-over = Der Code ist abgelaufen. Fordern Sie einen neuen an.
page-send-first = Code senden
page-send-again = Neuen Code senden
page-send-wait = Einen neuen können Sie in <strong>{ $time }</strong> anfordern.
page-no-script = Schlüssel funktionieren im Browser nur mit JavaScript, und das ist hier ausgeschaltet. Schalten Sie es ein oder verwenden Sie eine andere Methode.
page-key-unable = Dieser Browser kann keine Schlüssel verwenden. Verwenden Sie eine andere Methode.
page-key-known = Dieser Schlüssel ist schon eingerichtet. Verwenden Sie einen anderen.
page-key-silent = Ihr Schlüssel hat nicht rechtzeitig geantwortet, oder Sie haben abgebrochen. Versuchen Sie es noch einmal oder verwenden Sie eine andere Methode.

### Pages: the challenge

challenge-title = Noch ein Schritt
challenge-title-again = Bestätigen Sie, dass Sie es sind
challenge-title-locked = Zu viele falsche Codes
challenge-opens-app = Danach öffnet sich <strong>{ $app }</strong>.
challenge-opens-page = Danach öffnet sich <strong>{ $path }</strong> in { $app }.
challenge-opens-methods = Danach können Sie ändern, wie Sie sich bei <strong>{ $app }</strong> anmelden.
challenge-app = Öffnen Sie Ihre Authenticator-App und geben Sie den Code für <strong>{ $brand }</strong> ein.
challenge-key = Verwenden Sie Ihren Passkey oder Sicherheitsschlüssel.
challenge-yubikey = Setzen Sie den Cursor in das Feld und berühren Sie Ihren YubiKey: Er tippt von selbst ein Einmalpasswort.
challenge-backup = Geben Sie einen Ihrer Backup-Codes ein. Jeder gilt einmal.
challenge-use-key = Meinen Schlüssel verwenden
challenge-remember = { $days ->
    [one] Auf diesem Gerät { $days } Tag lang nicht mehr fragen
   *[other] Auf diesem Gerät { $days } Tage lang nicht mehr fragen
}
challenge-no-code = Es ist kein Code zu Ihnen unterwegs. Lassen Sie sich unten einen senden.
challenge-unsent = Ihre Eingabe wurde nicht weitergeleitet, weil Ihr zweiter Faktor noch nicht bestätigt war. Senden Sie sie danach noch einmal.
challenge-lock-left = Noch <strong>{ $time }</strong>
challenge-locked-help = Bis dahin kann es niemand versuchen; wer geraten hat, kommt nicht weiter. Waren das nicht Sie, dann kennt jemand Ihr Passwort: Ändern Sie es und informieren Sie Ihren Administrator.
challenge-try-again = Noch einmal versuchen
challenge-why = Warum sehe ich das?
challenge-why-first = Das Passwort allein öffnet { $brand } nicht, denn es kann erraten oder gestohlen werden. Dieser zweite Schritt zeigt, dass wirklich Sie es sind.
challenge-why-again = Sie haben Ihren zweiten Faktor vor einiger Zeit bestätigt. Diese Seite fragt noch einmal danach, damit niemand sonst sie auf Ihrem Gerät öffnen kann.
challenge-why-stronger = Diese Seite öffnet sich nur mit bestimmten Methoden. Hier stehen die, die Sie verwenden können.
challenge-why-changes = Bevor Sie ändern, wie Sie sich anmelden, vergewissern wir uns, dass Sie es sind. So kann das niemand anders tun.

### Pages: setting up a method

enrol-title = Zweiten Faktor hinzufügen
enrol-lead = Wählen Sie, wie Sie bestätigen möchten, dass Sie es sind.
enrol-first = Das Passwort allein öffnet { $brand } nicht mehr. Wählen Sie, was Sie zusätzlich verwenden möchten: Das dauert eine Minute, und Sie können es später ändern.
enrol-nothing = Es gibt nichts mehr einzurichten.
enrol-recommended = empfohlen
enrol-set-up = { $method } einrichten
enrol-why-key = Ein Handgriff genügt: mit Fingerabdruck, Gesicht oder Sicherheitsschlüssel. Mit Tricks kommt niemand daran.
enrol-why-yubikey = Ein kleiner Schlüssel am USB-Anschluss tippt ein Einmalpasswort, wenn Sie ihn berühren.
enrol-why-app = Eine App auf Ihrem Telefon zeigt jede halbe Minute einen neuen Code. Sie braucht dafür kein Netz.
enrol-why-message = Jedes Mal kommt ein Code an <strong>{ $address }</strong>.
enrol-something-else = Etwas anderes wählen
enrol-app-title = Authenticator-App einrichten
enrol-app-have = Halten Sie eine Authenticator-App bereit
enrol-app-which = Sie können jede verwenden, zum Beispiel Aegis, Google Authenticator, Microsoft Authenticator oder Ihr Passwortmanager.
enrol-app-scan = Scannen Sie dies mit der App
enrol-app-open = In meiner App öffnen
enrol-app-secret = Oder geben Sie diesen geheimen Schlüssel in die App ein. Er wird nur jetzt angezeigt.
enrol-app-copy = Geheimen Schlüssel kopieren
enrol-app-code = Geben Sie den Code ein, den die App zeigt
enrol-app-again = Geben Sie den Code ein, den Ihre App jetzt zeigt.
enrol-app-anew = Mit einem neuen geheimen Schlüssel von vorn beginnen
enrol-code-title = Mit einem Code bestätigen
enrol-key-title = Passkey oder Sicherheitsschlüssel hinzufügen
enrol-key-lead = Ihr Browser fragt nach der Displaysperre dieses Geräts, Ihrem Telefon oder einem Sicherheitsschlüssel.
enrol-yubikey-title = YubiKey hinzufügen
enrol-yubikey-lead = Setzen Sie den Cursor in das zweite Feld und berühren Sie Ihren YubiKey: Er tippt von selbst ein Einmalpasswort.
enrol-name = Name des Schlüssels
enrol-name-hint = Damit Sie ihn von anderen unterscheiden: „Mein Telefon“, „Blauer Schlüssel“.
enrol-add-it = Hinzufügen
enrol-done-title = Das war’s
enrol-done = { $method } ist eingerichtet.

### Pages: backup codes

backup-title = Ihre Backup-Codes
backup-lead = Jeder gilt einmal, wenn Sie Ihre anderen Methoden nicht verwenden können. Bewahren Sie sie sicher auf: Sie werden nur jetzt angezeigt.
backup-copy = Kopieren
backup-save = Als Datei speichern
backup-print = Drucken
backup-file = Backup-Codes von { $user } für { $brand }. Jeder gilt einmal.
backup-next = Wie es weitergeht
backup-next-time = Wenn Sie sich anmelden, fragen wir nach dem Passwort auch nach Ihrem zweiten Faktor.
backup-next-lost = Sollten Sie ihn verlieren, kommen Sie mit einem Backup-Code hinein; richten Sie dann einen neuen ein.
backup-kept = Ich habe sie gesichert

### Pages: settings

settings-title = Ihr zweiter Faktor
settings-primary = Standard
settings-make-primary = Als Standard festlegen
settings-make-primary-named = Als Standard festlegen: { $name }
settings-remove = Entfernen
settings-remove-named = { $name } entfernen
settings-from-directory = Von Ihrer Organisation eingerichtet
settings-add = Methode hinzufügen
settings-backup = Backup-Codes
settings-backup-left = { $count ->
    [0] Noch { $count } unbenutzt: Erstellen Sie neue.
    [one] Noch { $count } unbenutzt.
   *[other] Noch { $count } unbenutzt.
}
settings-backup-new = Neue erstellen (die alten gelten dann nicht mehr)
settings-devices = Gemerkte Geräte
settings-devices-count = { $count ->
    [one] { $count } Gerät wird nicht nach einem zweiten Faktor gefragt.
   *[other] { $count } Geräte werden nicht nach einem zweiten Faktor gefragt.
}
settings-devices-forget = Alle vergessen
settings-activity = Letzte Aktivitäten
settings-activity-hint = War etwas davon nicht von Ihnen? Ändern Sie Ihr Passwort und informieren Sie Ihren Administrator.
settings-back = Zurück zu { $brand }
settings-done-enrolled = { $method } wurde hinzugefügt und kann ab jetzt verwendet werden.
settings-done-removed = { $method } wurde entfernt.
settings-done-primary = { $method } kommt ab jetzt zuerst.
settings-done-devices = Alle Geräte werden wieder nach einem zweiten Faktor gefragt.
confirm-remove = { $name } entfernen
confirm-backup = Neue Backup-Codes erstellen
confirm-with = Bestätigen Sie mit <strong>{ $method }</strong>, dass Sie es sind.
confirm-send-first = Lassen Sie sich zuerst einen Code an <strong>{ $address }</strong> senden, um zu bestätigen, dass Sie es sind.

### Pages: recent activity

activity-signed-in = Mit dem Passwort angemeldet
activity-challenged = Nach dem zweiten Faktor gefragt
activity-sent = Code gesendet
activity-send-failed = Code konnte nicht gesendet werden
activity-send-refused = Kein Code gesendet: zu viele angefordert
activity-passed = Zweiter Faktor bestätigt
activity-failed = Falscher Code oder Schlüssel
activity-locked = Nach zu vielen falschen Codes gesperrt
activity-enrolled = Methode hinzugefügt
activity-removed = Methode entfernt
activity-primary-changed = Standardmethode geändert
activity-backup-codes-made = Backup-Codes erstellt
activity-backup-code-used = Backup-Code verwendet
activity-device-remembered = Gerät gemerkt
activity-devices-forgotten = Geräte vergessen
activity-reset = Von einem Administrator zurückgesetzt

### Pages: what a refusal offers

refusal-sign-in = Neu anmelden
refusal-start = Zur Startseite
refusal-clear = Cookies dieser Website löschen
refusal-request = Anfrage { $id }

### Errors

## Refusals: a title, what happened, what to do now

no-malformed-title = Diese Anfrage kann nicht weitergeleitet werden
no-cookies-next = Diese Cookies wurden aus Ihrem Browser entfernt. Melden Sie sich neu an; kommt diese Seite wieder, löschen Sie die Cookies dieser Website.
no-next-back = Gehen Sie zurück und versuchen Sie es noch einmal.
no-next-again = Versuchen Sie es noch einmal.
no-next-moment = Versuchen Sie es gleich noch einmal.
no-next-tell = Versuchen Sie es noch einmal oder informieren Sie Ihren Administrator.
no-moment-title = Einen Moment, bitte
no-bad-request-title = Diese Anfrage ist nicht lesbar
no-bad-request = Was ankam, war unvollständig oder kein HTTP.
no-too-slow-title = Das hat zu lange gedauert
no-too-slow = Der Rest Ihrer Eingabe ist nicht rechtzeitig angekommen.
no-too-slow-next = Senden Sie sie noch einmal.
no-too-large-title = Das ist zu groß
no-too-large = Was Sie gesendet haben, ist größer, als diese Website annimmt.
no-too-large-next = Senden Sie etwas Kleineres oder fragen Sie Ihren Administrator.
no-busy = Diese Website bekommt gerade mehr Anfragen, als sie auf einmal beantworten kann.
no-wrong-host-title = Unter dieser Adresse gibt es keine Anwendung
no-wrong-host = Das Gateway stellt unter diesem Hostnamen keine Anwendung bereit.
no-wrong-host-next = Prüfen Sie die Adresse.
no-old-terms-title = Verbinden Sie sich neu
no-old-terms = Seit Ihre Verbindung geöffnet wurde, verlangt diese Seite etwas anderes von einer Verbindung.
no-old-terms-next = Laden Sie die Seite neu.
no-send-again-title = Noch ein Schritt, bevor das gesendet wird
no-send-again = Ihre Eingabe wurde nicht weitergeleitet. Bestätigen Sie Ihren zweiten Faktor, gehen Sie zurück und senden Sie sie noch einmal.
no-send-again-next = Weiter zum zweiten Faktor.
no-denied-title = Diese Seite ist gesperrt
no-denied = Der Administrator hat diese Seite für Sie gesperrt.
no-denied-next = Gehen Sie zurück zur Startseite.
no-sign-in-first-title = Melden Sie sich zuerst an
no-sign-in-first = Sie sind nicht angemeldet, deshalb wurde dies nicht weitergeleitet.
no-sign-in-first-next = Melden Sie sich an und senden Sie es dann noch einmal.
no-upgrade-title = Bestätigen Sie zuerst Ihren zweiten Faktor
no-upgrade = Diese Verbindung braucht eine bestätigte Sitzung.
no-upgrade-next = Melden Sie sich an und bestätigen Sie Ihren zweiten Faktor.
no-login-in-progress-title = Eine Anmeldung läuft gerade
no-login-in-progress = Eine andere Anmeldung aus diesem Browser ist auf dem Weg zur Anwendung.
no-login-in-progress-next = Warten Sie einen Moment und versuchen Sie es noch einmal.
no-another-account-title = Sie sind mit einem anderen Konto angemeldet
no-another-account = Die Anmeldung mit einem anderen Konto wurde nicht weitergeleitet, weil in diesem Browser eine bestätigte Sitzung offen ist.
# “Anderes Konto verwenden” is a button of the page (page-another-account).
no-another-account-next = Wählen Sie „Anderes Konto verwenden“ und melden Sie sich dann neu an.
no-login-elsewhere-title = Hier ist nicht der Ort zum Anmelden
no-login-elsewhere = Name und Passwort wurden an eine Adresse gesendet, die nicht als Anmeldeseite bekannt ist. Deshalb wurden sie nicht weitergeleitet.
no-login-elsewhere-next = Melden Sie sich auf der Anmeldeseite dieser Website an. Für Administratoren: Nehmen Sie diese Adresse in login_paths auf oder fügen Sie eine bestätigende Quelle hinzu.
no-sent-back-title = Sie sind nicht angemeldet
no-sent-back = Die Anwendung hat Sie zurück zur Anmeldung geschickt. Vielleicht war der Name oder das Passwort falsch.
no-memory = Das Gateway erreicht seinen Speicher nicht und weiß deshalb nicht, wessen Sitzung das ist.
no-probe = Die Anwendung hat nicht eindeutig gesagt, wessen Sitzung das ist.
no-directory = Das Benutzerverzeichnis ist gerade nicht erreichbar, deshalb kann sich niemand anmelden.
no-down-title = Die Anwendung ist nicht erreichbar
no-down = Die Anwendung hinter dieser Seite antwortet nicht.
no-slow-title = Die Anwendung braucht zu lange
no-slow = Die Anwendung hinter dieser Seite hat nicht rechtzeitig geantwortet.
no-broke-title = Die Anwendung hat abgebrochen
no-broke = Die Antwort der Anwendung kann nicht weitergeleitet werden.
no-answer-too-large-title = Die Antwort der Anwendung kann nicht weitergeleitet werden
no-answer-too-large = Die Anwendung hat mit mehr Headern geantwortet, als sich annehmen lassen.
no-answer-too-large-next = Informieren Sie Ihren Administrator; oft sind viele alte Cookies die Ursache.
no-user-changed-title = Jetzt ist ein anderes Konto angemeldet
no-user-changed = Die Anwendung nennt ein anderes Konto als das, dessen zweiter Faktor bestätigt wurde. Deshalb wurde ihre Antwort zurückgehalten.
no-user-changed-next = Melden Sie sich neu an.
no-user-unknown-title = Ihr Konto ist hier nicht bekannt
no-user-unknown = Die Anwendung hat Sie angemeldet, aber das Verzeichnis des Gateways kennt dieses Konto nicht. Deshalb lässt sich sein zweiter Faktor nicht prüfen.
no-user-unknown-next = Bitten Sie Ihren Administrator, Sie hinzuzufügen.
no-disagreement-title = Die Anmeldung passt nicht zusammen
no-disagreement = Laut der Anwendung ist ein anderes Konto angemeldet als das, das Sie eingegeben haben.
no-disagreement-next = Melden Sie sich noch einmal mit Ihrem eigenen Benutzernamen an.
no-undecided-title = Die Anmeldung lässt sich nicht beurteilen
no-undecided = Die Antwort der Anwendung auf Ihre Anmeldung ist nicht verständlich, deshalb sind Sie nicht angemeldet.

## Requests that can be read in two ways

odd-address = Die Adresse dieser Seite lässt sich auf zwei Arten lesen, deshalb wird sie nicht weitergeleitet.
odd-cookie = Ihr Browser hat das Sitzungs-Cookie der Anwendung auf zwei Arten gesendet; es ist nicht klar, welches gilt.
odd-cookies-unreadable = Die Cookies dieser Anfrage sind nicht lesbar.
odd-form = Das gesendete Formular lässt sich auf zwei Arten lesen, deshalb wird es nicht weitergeleitet.
odd-header-twice = Ein Header, der nur einmal vorkommen darf, wurde zweimal gesendet.
odd-host = Der Host dieser Anfrage fehlt oder ist nicht lesbar.
odd-length = Die Länge dieser Anfrage lässt sich auf zwei Arten lesen.
odd-no-proxy = Dies ist kein Forward-Proxy.
odd-no-trace = TRACE ist hier nicht erlaubt.
odd-method = Diese Methode wird hier nicht unterstützt.
odd-only-chunked = Als Transfer-Encoding wird nur `chunked` angenommen.
odd-only-websockets = Auf diesem Weg lassen sich nur WebSockets öffnen.
odd-session-in-address = Die Adresse enthält eine Sitzung oder ein Token. Schalten Sie Cookies ein und melden Sie sich damit an.
odd-session-in-form = Das gesendete Formular enthält eine Sitzung oder ein Token. Schalten Sie Cookies ein und melden Sie sich damit an.
odd-head-too-large = Ihr Browser hat mehr Cookies oder eine längere Adresse gesendet, als diese Website annimmt.
odd-user-from-proxy = Der Proxy vor dieser Website hat den Benutzer auf zwei Arten genannt, deshalb wird dies nicht weitergeleitet.
odd-user-name = Der Benutzername dieser Anmeldung lässt sich auf zwei Arten lesen, deshalb wird er nicht weitergeleitet.
odd-login-body = Mit dieser Art von Inhalt kann man sich nicht anmelden.
odd-login-compressed = Mit komprimiertem Inhalt kann man sich nicht anmelden; auch als Formular wird er nicht angenommen.
odd-login-in-address = Die Felder einer Anmeldung gehören in den Inhalt der Anfrage, nicht in die Adresse.
odd-login-too-large = Das ist zu groß für eine Anmeldung.
odd-login-way = Name und Passwort können auf diesem Weg nicht gesendet werden.

## The gate's own pages

own-not-found-title = Diese Seite gibt es nicht
own-not-found = Das Gateway hat unter dieser Adresse keine Seite.
own-wrong-method-title = Das funktioniert hier nicht
own-wrong-method = Diese Seite des Gateways erwartet eine andere HTTP-Methode.
own-not-for-scripts-title = Diese Seite ist für Menschen
own-not-for-scripts = Skripte verwenden die API des Gateways.
own-cross-site-title = Das kam von einer anderen Website
own-cross-site = Öffnen Sie die Seite selbst und versuchen Sie es noch einmal.
own-json-only-title = Nur JSON
own-json-only = Senden Sie JSON mit Content-Type: application/json.
own-too-large = Die Seiten des Gateways nehmen nur kurze Formulare an.
own-no-json-title = Das ist nicht lesbar
own-no-json = Der Inhalt ist kein JSON.
own-stale-title = Diese Seite ist veraltet
own-stale = Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.
own-verify-first-title = Zuerst der zweite Faktor

## Challenge, enrolment, settings

flow-title = Das hat nicht geklappt
flow-code-wrong = { $left ->
    [one] Der Code stimmt nicht. Prüfen Sie ihn und versuchen Sie es noch einmal; ein Versuch bleibt.
   *[other] Der Code stimmt nicht. Prüfen Sie ihn und versuchen Sie es noch einmal; { $left } Versuche bleiben.
}
flow-code-expired = Der Code ist zu alt. Fordern Sie einen neuen an.
flow-code-used = Der Code wurde schon verwendet. Fordern Sie einen neuen an oder warten Sie auf den nächsten Code Ihrer App.
flow-locked-title = Zu viele falsche Codes
flow-locked = Für Ihr Konto wurden zu viele falsche Codes eingegeben.
flow-sends-title = Zu viele Codes
flow-too-many-sends = Es wurden zu viele Codes gesendet. Verwenden Sie den letzten oder versuchen Sie es später noch einmal.
flow-resend-wait = Gerade eben wurde ein Code gesendet. Warten Sie ein wenig, bevor Sie den nächsten anfordern.
flow-unknown-method = Diese Methode ist für Ihr Konto nicht eingerichtet. Wählen Sie eine andere.
flow-sends-nothing = Diese Methode zeigt ihre Codes selbst an; es wird nichts gesendet.
flow-not-allowed = Was Sie geöffnet haben, verlangt eine andere Methode. Wählen Sie eine aus der Liste.
flow-key-refused = Ihr Schlüssel wurde nicht angenommen. Versuchen Sie es noch einmal oder verwenden Sie eine andere Methode.
flow-key-cloned = Dieser Schlüssel wurde abgelehnt, denn es könnte eine Kopie davon geben. Verwenden Sie eine andere Methode und informieren Sie Ihren Administrator.
flow-code-required = Für diese Änderung ist ein Code nötig. Senden Sie einen Code dieser Methode oder einer stärkeren.
flow-no-session-title = Ihre Anmeldung ist abgelaufen
flow-no-session = Ihre Anmeldung ist abgelaufen. Gehen Sie zurück zur Anwendung und melden Sie sich neu an.
flow-no-session-next = Gehen Sie zurück zur Anwendung und melden Sie sich neu an.
flow-verify-first = Bestätigen Sie zuerst Ihren zweiten Faktor.
flow-needs-invite-title = Ihr Konto braucht einen zweiten Faktor
flow-needs-invite = Für Ihr Konto ist kein zweiter Faktor eingerichtet. Bitten Sie Ihren Administrator, Ihnen das Einrichten zu erlauben.
flow-needs-invite-next = Ihr Administrator kann Ihr Konto zurücksetzen oder Sie einladen.
flow-already-active = Diese Methode ist schon eingerichtet.
flow-nothing-to-confirm = Es gibt nichts zu bestätigen. Beginnen Sie das Einrichten der Methode von vorn.
flow-last-method = Das ist Ihre einzige Methode. Fügen Sie eine andere hinzu, bevor Sie sie entfernen.
flow-from-directory = Ihre Organisation hat diese Methode eingerichtet; sie kann hier nicht entfernt werden.
flow-backup-off = Backup-Codes sind hier ausgeschaltet.
flow-regeneration-off = Neue Backup-Codes können hier nicht erstellt werden. Fragen Sie Ihren Administrator.
flow-unavailable = Das Gateway erreicht seinen Speicher gerade nicht. Versuchen Sie es gleich noch einmal.
flow-yubico-away = Ihr YubiKey kann gerade nicht geprüft werden. Versuchen Sie es gleich noch einmal oder verwenden Sie eine andere Methode.
flow-go-on = { $what } In { $span } können Sie weitermachen ({ $when }).
flow-instead = { $what } Sie können stattdessen dies verwenden: { $method }.

## Why a message was not sent

trouble-recipient = Ihre hinterlegte Adresse oder Nummer kann keine Nachrichten empfangen. Bitten Sie Ihren Administrator, sie zu korrigieren, oder verwenden Sie eine andere Methode.
trouble-opted-out = Diese Nachrichten wurden auf Ihrem Telefon abbestellt. Antworten Sie auf die letzte mit START oder verwenden Sie eine andere Methode.
trouble-setup = Die Nachricht mit Ihrem Code konnte nicht gesendet werden. Informieren Sie Ihren Administrator oder verwenden Sie eine andere Methode.
trouble-later = Die Nachricht mit Ihrem Code konnte gerade nicht gesendet werden. Versuchen Sie es gleich noch einmal oder verwenden Sie eine andere Methode.
trouble-unknown = Es ist nicht sicher, ob die Nachricht mit Ihrem Code gesendet wurde. Kommt sie nicht innerhalb einer Minute, fordern Sie eine neue an oder verwenden Sie eine andere Methode.

## Answers of the API

api-second-factor-title = Zweiter Faktor erforderlich
api-second-factor = Bestätigen Sie Ihren zweiten Faktor und senden Sie dies dann noch einmal.
api-code-sent = Der Code wurde gesendet.
api-touch-key = Berühren Sie Ihren Schlüssel.
api-touch-yubikey = Berühren Sie Ihren YubiKey und bestätigen Sie mit dem, was er tippt.
api-removed = Die Methode wurde entfernt.
api-primary-changed = Die Standardmethode wurde geändert.

### Methods

method-email = E-Mail
method-sms = SMS
method-app = Authenticator-App
method-yubikey = YubiKey
method-webauthn = Passkey oder Sicherheitsschlüssel
method-backup = Backup-Code

### Messages

## The e-mail with a code

mail-subject = Ihr Bestätigungscode
mail-code = { $code } ist Ihr Bestätigungscode für { $brand } ({ $host }).
mail-code-below = Ihr Bestätigungscode für <strong>{ $brand }</strong> ({ $host }):
mail-works-once = { $minutes ->
    [one] Er gilt einmal, { $minutes } Minute lang und nur in dem Browser, in dem Sie sich gerade anmelden.
   *[other] Er gilt einmal, { $minutes } Minuten lang und nur in dem Browser, in dem Sie sich gerade anmelden.
}
mail-asked-by = Angefordert von { $user } am { $when }
mail-asked-from = über { $network }, { $browser }
mail-not-you = Wenn Sie das nicht waren, kennt jemand Ihr Passwort: Geben Sie den Code niemandem weiter und ändern Sie Ihr Passwort sofort.

## The e-mail about a change

notice-added = Ein zweiter Faktor wurde hinzugefügt: { $method }
notice-removed = Ein zweiter Faktor wurde entfernt: { $method }
notice-backup-used = { $left ->
    [one] Ein Backup-Code wurde verwendet, { $left } ist noch übrig
   *[other] Ein Backup-Code wurde verwendet, { $left } sind noch übrig
}
notice-opening = { $what }. Das betrifft Ihr Konto { $user } bei { $brand } ({ $host }).
notice-account = Ihr Konto { $user } bei <strong>{ $brand }</strong> ({ $host }).
notice-when = Wann: { $when }
notice-from = Von: { $network }, { $browser }
notice-from-small = über { $network }, { $browser }
notice-not-you = Wenn Sie das waren, ist nichts weiter zu tun. Wenn nicht, ist vielleicht jemand in Ihrem Konto: Ändern Sie sofort Ihr Passwort und informieren Sie Ihren Administrator.

## Text messages

sms-code-brand = { $code } ist Ihr Code für { $brand }.
sms-code = { $code } ist Ihr Code.
