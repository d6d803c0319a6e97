# Italian. The pattern is en.ftl.

language-name = Italiano

### Dates and times

moment = { $day }/{ $month }/{ $year }, { $hour }:{ $minute } UTC
span-minutes = { $minutes ->
    [one] { $minutes } minuto
   *[other] { $minutes } minuti
}
span-seconds = { $seconds ->
    [one] { $seconds } secondo
   *[other] { $seconds } secondi
}

### Pages

page-error-title = Errore: { $title }
page-moment = { $when }
page-signed-in-as = Accesso effettuato come <strong>{ $user }</strong>
page-another-account = Usa un altro account
page-trouble = Problemi?
page-language = Lingua:
page-something-else = Usa un altro metodo
page-continue = Continua
page-confirm = Conferma
page-copied = Copiato
page-back-to-settings = Torna alle impostazioni
page-code-label = Codice
page-yubikey-label = Tocca la tua YubiKey
page-code-sent = Abbiamo inviato un codice a <strong>{ $address }</strong>.
page-code-comes = Il codice arriverà a <strong>{ $address }</strong>.
page-code-works-for = Scade tra <strong>{ $time }</strong>.
page-code-over = Il codice è scaduto. Richiedine uno nuovo.
page-send-first = Invia il codice
page-send-again = Invia un nuovo codice
page-send-wait = Potrai richiederne uno nuovo tra <strong>{ $time }</strong>.
page-no-script = Le chiavi funzionano solo con JavaScript, che qui è disattivato. Attivalo oppure usa un altro metodo.
page-key-unable = Questo browser non supporta le chiavi. Usa un altro metodo.
page-key-known = Questa chiave è già configurata. Usane un’altra.
page-key-silent = La chiave non ha risposto in tempo oppure hai annullato. Riprova o usa un altro metodo.

### Pages: the challenge

challenge-title = Ancora un passaggio
challenge-title-again = Conferma la tua identità
challenge-title-locked = Troppi codici errati
challenge-opens-app = Poi si aprirà <strong>{ $app }</strong>.
challenge-opens-page = Poi si aprirà <strong>{ $path }</strong> in { $app }.
challenge-opens-methods = Poi potrai cambiare il modo in cui accedi a <strong>{ $app }</strong>.
challenge-app = Apri la tua app di autenticazione e inserisci il codice per <strong>{ $brand }</strong>.
challenge-key = Usa la tua passkey o la tua chiave di sicurezza.
challenge-yubikey = Metti il cursore nel campo e tocca la tua YubiKey: scriverà da sola una password monouso.
challenge-backup = Inserisci uno dei tuoi codici di backup. Ognuno vale una sola volta.
challenge-use-key = Usa la mia chiave
challenge-remember = { $days ->
    [one] Non chiedere più su questo dispositivo per { $days } giorno
   *[other] Non chiedere più su questo dispositivo per { $days } giorni
}
challenge-no-code = Nessun codice è in arrivo. Richiedine uno qui sotto.
challenge-unsent = Quello che hai inviato non è stato inoltrato, perché il secondo fattore non era ancora confermato. Invialo di nuovo dopo questo passaggio.
challenge-lock-left = Tempo rimanente: <strong>{ $time }</strong>
challenge-locked-help = Fino ad allora nessuno può provare: chi cercava di indovinare è stato fermato. Se non eri tu, qualcuno conosce la tua password: cambiala e avvisa l’amministratore.
challenge-try-again = Riprova
challenge-why = Perché vedo questa pagina?
challenge-why-first = La password da sola non apre { $brand }, perché può essere indovinata o rubata. Questo secondo passaggio dimostra che sei davvero tu.
challenge-why-again = Hai confermato il secondo fattore un po’ di tempo fa. Questa pagina lo richiede di nuovo, così nessun altro può aprirla sul tuo dispositivo.
challenge-why-stronger = Questa pagina si apre solo con certi metodi. Qui trovi quelli che puoi usare.
challenge-why-changes = Prima che tu cambi il modo in cui accedi, ci assicuriamo che sia davvero tu, così nessun altro può farlo.

### Pages: setting up a method

enrol-title = Aggiungi un secondo fattore
enrol-lead = Scegli come vuoi confermare la tua identità.
enrol-first = La password da sola non apre più { $brand }. Scegli che cosa usare in aggiunta: basta un minuto e potrai cambiare in seguito.
enrol-nothing = Non c’è altro da configurare.
enrol-recommended = consigliato
enrol-set-up = Configura: { $method }
enrol-why-key = Un solo gesto, con l’impronta, il volto o una chiave di sicurezza. Nessuno può carpirtelo con l’inganno.
enrol-why-yubikey = Una piccola chiave nella porta USB scrive una password monouso quando la tocchi.
enrol-why-app = Un’app sul tuo telefono mostra un nuovo codice ogni mezzo minuto. Funziona anche senza rete.
enrol-why-message = Ogni volta arriva un codice a <strong>{ $address }</strong>.
enrol-something-else = Scegli un altro metodo
enrol-app-title = Configura la tua app di autenticazione
enrol-app-have = Tieni pronta un’app di autenticazione
enrol-app-which = Va bene qualsiasi app, per esempio Aegis, Google Authenticator, Microsoft Authenticator o il tuo gestore di password.
enrol-app-scan = Inquadra questo codice con l’app
enrol-app-open = Apri nella mia app
enrol-app-secret = Oppure inserisci nell’app questa chiave segreta. Viene mostrata solo ora.
enrol-app-copy = Copia la chiave segreta
enrol-app-code = Inserisci il codice mostrato dall’app
enrol-app-again = Inserisci il codice che la tua app mostra adesso.
enrol-app-anew = Ricomincia con una nuova chiave segreta
enrol-code-title = Conferma con un codice
enrol-key-title = Aggiungi una passkey o una chiave di sicurezza
enrol-key-lead = Il browser ti chiederà di usare il blocco schermo di questo dispositivo, il telefono o una chiave di sicurezza.
enrol-yubikey-title = Aggiungi una YubiKey
enrol-yubikey-lead = Metti il cursore nel secondo campo e tocca la tua YubiKey: scriverà da sola una password monouso.
enrol-name = Nome della chiave
enrol-name-hint = Per distinguerla dalle altre: “Il mio telefono”, “Chiave blu”.
enrol-add-it = Aggiungi
enrol-done-title = Fatto
enrol-done = Configurazione completata: { $method }.

### Pages: backup codes

backup-title = I tuoi codici di backup
backup-lead = Ognuno vale una sola volta, quando non puoi usare gli altri metodi. Conservali in un posto sicuro: vengono mostrati solo ora.
backup-copy = Copia
backup-save = Salva in un file
backup-print = Stampa
backup-file = Codici di backup di { $user } per { $brand }. Ognuno vale una sola volta.
backup-next = Che cosa succede ora
backup-next-time = Quando accedi, dopo la password ti chiederemo il secondo fattore.
backup-next-lost = Se lo perdi, potrai entrare con un codice di backup; poi configurane uno nuovo.
backup-kept = Li ho conservati

### Pages: settings

settings-title = Il tuo secondo fattore
settings-primary = principale
settings-make-primary = Imposta come principale
settings-make-primary-named = Imposta come principale: { $name }
settings-remove = Rimuovi
settings-remove-named = Rimuovi: { $name }
settings-from-directory = Configurato dalla tua organizzazione
settings-add = Aggiungi un metodo
settings-backup = Codici di backup
settings-backup-left = { $count ->
    [0] Ne restano { $count } non usati: creane di nuovi.
    [one] Ne resta { $count } non usato.
   *[other] Ne restano { $count } non usati.
}
settings-backup-new = Creane di nuovi (i vecchi smetteranno di funzionare)
settings-devices = Dispositivi ricordati
settings-devices-count = { $count ->
    [one] Su { $count } dispositivo non viene chiesto il secondo fattore.
   *[other] Su { $count } dispositivi non viene chiesto il secondo fattore.
}
settings-devices-forget = Dimentica tutti
settings-activity = Attività recente
settings-activity-hint = C’è qualcosa che non hai fatto tu? Cambia la password e avvisa l’amministratore.
settings-back = Torna a { $brand }
settings-done-enrolled = Metodo aggiunto: { $method }. Puoi usarlo da subito.
settings-done-removed = Metodo rimosso: { $method }.
settings-done-primary = Da ora in poi viene usato per primo: { $method }.
settings-done-devices = Il secondo fattore viene di nuovo chiesto su tutti i dispositivi.
confirm-remove = Rimuovi: { $name }
confirm-backup = Crea nuovi codici di backup
confirm-with = Conferma la tua identità con questo metodo: <strong>{ $method }</strong>.
confirm-send-first = Prima invia un codice a <strong>{ $address }</strong> per confermare la tua identità.

### Pages: recent activity

activity-signed-in = Accesso con la password
activity-challenged = Secondo fattore richiesto
activity-sent = Codice inviato
activity-send-failed = Invio del codice non riuscito
activity-send-refused = Nessun codice inviato: troppe richieste
activity-passed = Secondo fattore confermato
activity-failed = Codice o chiave errati
activity-locked = Blocco dopo troppi codici errati
activity-enrolled = Metodo aggiunto
activity-removed = Metodo rimosso
activity-primary-changed = Metodo principale cambiato
activity-backup-codes-made = Codici di backup creati
activity-backup-code-used = Codice di backup usato
activity-device-remembered = Dispositivo ricordato
activity-devices-forgotten = Dispositivi dimenticati
activity-reset = Reimpostato da un amministratore

### Pages: what a refusal offers

refusal-sign-in = Accedi di nuovo
refusal-start = Vai alla pagina iniziale
refusal-clear = Cancella i cookie di questo sito
refusal-request = Richiesta { $id }

### Errors

## Refusals: a title, what happened, what to do now

no-malformed-title = Questa richiesta non può essere inoltrata
no-cookies-next = Questi cookie sono stati tolti dal browser. Accedi di nuovo; se questa pagina ricompare, cancella i cookie di questo sito.
no-next-back = Torna indietro e riprova.
no-next-again = Riprova.
no-next-moment = Riprova tra un momento.
no-next-tell = Riprova o avvisa l’amministratore.
no-moment-title = Un momento
no-bad-request-title = Questa richiesta non è leggibile
no-bad-request = Quello che è arrivato era incompleto o non era HTTP.
no-too-slow-title = Ci è voluto troppo tempo
no-too-slow = Il resto di quello che hai inviato non è arrivato in tempo.
no-too-slow-next = Invialo di nuovo.
no-too-large-title = È troppo grande
no-too-large = Quello che hai inviato supera le dimensioni accettate da questo sito.
no-too-large-next = Invia qualcosa di più piccolo o chiedi all’amministratore.
no-busy = Questo sito riceve più richieste di quante possa gestirne in una volta.
no-wrong-host-title = Nessuna applicazione a questo indirizzo
no-wrong-host = Il gateway non offre nessuna applicazione con questo nome host.
no-wrong-host-next = Controlla l’indirizzo.
no-old-terms-title = Riconnettiti
no-old-terms = Ciò che questo sito richiede a una connessione è cambiato da quando la tua è stata aperta.
no-old-terms-next = Ricarica la pagina.
no-send-again-title = Ancora un passaggio prima dell’invio
no-send-again = Quello che hai inviato non è stato inoltrato. Conferma il secondo fattore, torna indietro e invialo di nuovo.
no-send-again-next = Passa al secondo fattore.
no-denied-title = Questa pagina è chiusa
no-denied = L’amministratore ti ha chiuso l’accesso a questa pagina.
no-denied-next = Torna alla pagina iniziale.
no-sign-in-first-title = Prima accedi
no-sign-in-first = Non hai effettuato l’accesso, quindi l’invio non è stato inoltrato.
no-sign-in-first-next = Accedi e poi invia di nuovo.
no-upgrade-title = Prima conferma il secondo fattore
no-upgrade = Questa connessione richiede una sessione verificata.
no-upgrade-next = Accedi e conferma il secondo fattore.
no-login-in-progress-title = Accesso in corso
no-login-in-progress = Un altro accesso da questo browser è in viaggio verso l’applicazione.
no-login-in-progress-next = Aspetta un momento e riprova.
no-another-account-title = È in uso un altro account
no-another-account = L’accesso con un altro account non è stato inoltrato, perché in questo browser è aperta una sessione verificata.
# “Usa un altro account” is a button of the page (page-another-account).
no-another-account-next = Scegli “Usa un altro account”, poi accedi di nuovo.
no-login-elsewhere-title = Non è questo il posto per accedere
no-login-elsewhere = Un nome e una password sono stati inviati a un indirizzo che non risulta essere una pagina di accesso, quindi non sono stati inoltrati.
no-login-elsewhere-next = Accedi dalla pagina di accesso del sito. Per gli amministratori: aggiungi questo indirizzo a login_paths oppure una fonte di conferma.
no-sent-back-title = Accesso non riuscito
no-sent-back = L’applicazione ti ha rimandato alla pagina di accesso. Forse il nome o la password erano sbagliati.
no-memory = Il gateway non riesce ad accedere alla sua memoria, quindi non sa di chi è questa sessione.
no-probe = L’applicazione non ha detto chiaramente di chi è questa sessione.
no-directory = Al momento non è possibile consultare l’elenco degli utenti, quindi nessuno può accedere.
no-down-title = L’applicazione non è raggiungibile
no-down = L’applicazione dietro questa pagina non risponde.
no-slow-title = L’applicazione ci mette troppo
no-slow = L’applicazione dietro questa pagina non ha risposto in tempo.
no-broke-title = L’applicazione si è interrotta
no-broke = La risposta dell’applicazione non può essere inoltrata.
no-answer-too-large-title = La risposta dell’applicazione non può essere inoltrata
no-answer-too-large = L’applicazione ha risposto con più intestazioni di quante se ne possano accettare.
no-answer-too-large-next = Avvisa l’amministratore; spesso la causa sono molti cookie vecchi.
no-user-changed-title = Ora è in uso un altro account
no-user-changed = L’applicazione indica un account diverso da quello che ha confermato il secondo fattore, quindi la sua risposta è stata trattenuta.
no-user-changed-next = Accedi di nuovo.
no-user-unknown-title = Il tuo account qui non risulta
no-user-unknown = L’applicazione ti ha fatto entrare, ma l’elenco degli utenti del gateway non conosce questo account, quindi il suo secondo fattore non può essere verificato.
no-user-unknown-next = Chiedi all’amministratore di aggiungerti.
no-disagreement-title = L’accesso non corrisponde
no-disagreement = Secondo l’applicazione, l’account che ha effettuato l’accesso non è quello che hai inserito.
no-disagreement-next = Accedi di nuovo con il tuo nome utente.
no-undecided-title = L’esito dell’accesso non è chiaro
no-undecided = La risposta dell’applicazione al tuo accesso non è comprensibile, quindi l’accesso non è avvenuto.

## Requests that can be read in two ways

odd-address = L’indirizzo di questa pagina può essere letto in due modi, quindi non viene inoltrato.
odd-cookie = Il browser ha inviato il cookie di sessione dell’applicazione in due modi e non si può sapere quale valga.
odd-cookies-unreadable = I cookie di questa richiesta non sono leggibili.
odd-form = Il modulo inviato può essere letto in due modi, quindi non viene inoltrato.
odd-header-twice = Un’intestazione che può comparire una sola volta è stata inviata due volte.
odd-host = L’intestazione Host di questa richiesta manca o non è leggibile.
odd-length = La lunghezza di questa richiesta può essere letta in due modi.
odd-no-proxy = Questo non è un forward proxy.
odd-no-trace = TRACE qui non è consentito.
odd-method = Questo metodo qui non è supportato.
odd-only-chunked = Come Transfer-Encoding viene accettato solo `chunked`.
odd-only-websockets = In questo modo si possono aprire solo WebSocket.
odd-session-in-address = L’indirizzo contiene una sessione o un token. Attiva i cookie e accedi con quelli.
odd-session-in-form = Il modulo inviato contiene una sessione o un token. Attiva i cookie e accedi con quelli.
odd-head-too-large = Il browser ha inviato più cookie, o un indirizzo più lungo, di quanto questo sito accetti.
odd-user-from-proxy = Il proxy davanti a questo sito ha indicato l’utente in due modi, quindi la richiesta non viene inoltrata.
odd-user-name = Il nome utente di questo accesso può essere letto in due modi, quindi non viene inoltrato.
odd-login-body = Questo tipo di contenuto non può essere usato per accedere.
odd-login-compressed = Un contenuto compresso non può essere usato per accedere né come modulo.
odd-login-in-address = I campi di un accesso vanno nel corpo della richiesta, non nell’indirizzo.
odd-login-too-large = È troppo grande per essere un accesso.
odd-login-way = Un nome e una password non possono essere inviati in questo modo.

## The gate's own pages

own-not-found-title = Questa pagina non esiste
own-not-found = Il gateway non ha nessuna pagina a questo indirizzo.
own-wrong-method-title = Qui non funziona
own-wrong-method = Questa pagina del gateway si aspetta un altro metodo HTTP.
own-not-for-scripts-title = Questa pagina è per le persone
own-not-for-scripts = Gli script usano l’API del gateway.
own-cross-site-title = Questo arriva da un altro sito
own-cross-site = Apri direttamente la pagina e riprova.
own-json-only-title = Solo JSON
own-json-only = Invia JSON con Content-Type: application/json.
own-too-large = Le pagine del gateway accettano solo moduli brevi.
own-no-json-title = Non è leggibile
own-no-json = Il contenuto non è JSON.
own-stale-title = Questa pagina non è aggiornata
own-stale = Torna indietro, ricarica la pagina e riprova.
own-verify-first-title = Prima il secondo fattore

## Challenge, enrolment, settings

flow-title = Non ha funzionato
flow-code-wrong = { $left ->
    [one] Il codice non è corretto. Controllalo e riprova; resta un tentativo.
   *[other] Il codice non è corretto. Controllalo e riprova; restano { $left } tentativi.
}
flow-code-expired = Il codice è troppo vecchio. Richiedine uno nuovo.
flow-code-used = Il codice è già stato usato. Richiedine uno nuovo o aspetta il prossimo codice della tua app.
flow-locked-title = Troppi codici errati
flow-locked = Sono stati inseriti troppi codici errati per il tuo account.
flow-sends-title = Troppi codici
flow-too-many-sends = Sono stati inviati troppi codici. Usa l’ultimo o riprova più tardi.
flow-resend-wait = Un codice è appena stato inviato. Aspetta un po’ prima di richiederne un altro.
flow-unknown-method = Questo metodo non è configurato per il tuo account. Scegline un altro.
flow-sends-nothing = Questo metodo mostra da sé i codici; non viene inviato nulla.
flow-not-allowed = Quello che hai aperto richiede un altro metodo. Scegline uno dall’elenco.
flow-key-refused = La chiave non è stata accettata. Riprova o usa un altro metodo.
flow-key-cloned = Questa chiave è stata rifiutata: potrebbe esisterne una copia. Usa un altro metodo e avvisa l’amministratore.
flow-code-required = Questa modifica richiede un codice. Inviane uno di questo metodo o di uno più forte.
flow-no-session-title = La tua sessione è terminata
flow-no-session = La tua sessione è terminata. Torna all’applicazione e accedi di nuovo.
flow-no-session-next = Torna all’applicazione e accedi di nuovo.
flow-verify-first = Prima conferma il secondo fattore.
flow-needs-invite-title = Il tuo account ha bisogno di un secondo fattore
flow-needs-invite = Per il tuo account non è configurato nessun secondo fattore. Chiedi all’amministratore di permetterti di configurarne uno.
flow-needs-invite-next = L’amministratore può reimpostare il tuo account o invitarti.
flow-already-active = Questo metodo è già configurato.
flow-nothing-to-confirm = Non c’è nulla da confermare. Ricomincia la configurazione del metodo.
flow-last-method = Questo è il tuo unico metodo. Aggiungine un altro prima di rimuoverlo.
flow-from-directory = Questo metodo è stato configurato dalla tua organizzazione; non può essere rimosso qui.
flow-backup-off = Qui i codici di backup sono disattivati.
flow-regeneration-off = Qui non si possono creare nuovi codici di backup. Chiedi all’amministratore.
flow-unavailable = Al momento il gateway non riesce ad accedere alla sua memoria. Riprova tra un momento.
flow-yubico-away = Al momento la tua YubiKey non può essere verificata. Riprova tra un momento o usa un altro metodo.
flow-go-on = { $what } Potrai continuare tra { $span } ({ $when }).
flow-instead = { $what } In alternativa puoi usare: { $method }.

## Why a message was not sent

trouble-recipient = L’indirizzo o il numero registrato per te non può ricevere messaggi. Chiedi all’amministratore di correggerlo o usa un altro metodo.
trouble-opted-out = Il tuo telefono ha disattivato questi messaggi. Rispondi START all’ultimo o usa un altro metodo.
trouble-setup = Non è stato possibile inviare il messaggio con il codice. Avvisa l’amministratore o usa un altro metodo.
trouble-later = Al momento non è stato possibile inviare il messaggio con il codice. Riprova tra un momento o usa un altro metodo.
trouble-unknown = Non è certo che il messaggio con il codice sia stato inviato. Se non arriva entro un minuto, richiedine uno nuovo o usa un altro metodo.

## Answers of the API

api-second-factor-title = Secondo fattore richiesto
api-second-factor = Conferma il secondo fattore, poi invia di nuovo.
api-code-sent = Il codice è stato inviato.
api-touch-key = Tocca la chiave.
api-touch-yubikey = Tocca la tua YubiKey e conferma con quello che scrive.
api-removed = Il metodo è stato rimosso.
api-primary-changed = Il metodo principale è stato cambiato.

### Methods

method-email = E-mail
method-sms = SMS
method-app = App di autenticazione
method-yubikey = YubiKey
method-webauthn = Passkey o chiave di sicurezza
method-backup = Codice di backup

### Messages

## The e-mail with a code

mail-subject = Il tuo codice di verifica
mail-code = { $code } è il tuo codice di verifica per { $brand } ({ $host }).
mail-code-below = Il tuo codice di verifica per <strong>{ $brand }</strong> ({ $host }):
mail-works-once = { $minutes ->
    [one] Vale una sola volta, per { $minutes } minuto, nel browser da cui stai accedendo.
   *[other] Vale una sola volta, per { $minutes } minuti, nel browser da cui stai accedendo.
}
mail-asked-by = Richiesto da { $user } il { $when }
mail-asked-from = da { $network }, { $browser }
mail-not-you = Se la richiesta non è tua, qualcuno conosce la tua password: non dare il codice a nessuno e cambia subito la password.

## The e-mail about a change

notice-added = È stato aggiunto un secondo fattore: { $method }
notice-removed = È stato rimosso un secondo fattore: { $method }
notice-backup-used = { $left ->
    [one] È stato usato un codice di backup, ne resta { $left }
   *[other] È stato usato un codice di backup, ne restano { $left }
}
notice-opening = { $what }. Riguarda il tuo account { $user } su { $brand } ({ $host }).
notice-account = Il tuo account { $user } su <strong>{ $brand }</strong> ({ $host }).
notice-when = Quando: { $when }
notice-from = Da: { $network }, { $browser }
notice-from-small = da { $network }, { $browser }
notice-not-you = Se l’hai fatto tu, non devi fare altro. Altrimenti qualcuno potrebbe essere nel tuo account: cambia subito la password e avvisa l’amministratore.

## Text messages

sms-code-brand = { $code } è il tuo codice per { $brand }.
sms-code = { $code } è il tuo codice.
