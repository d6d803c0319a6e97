# What mfa-gate says to people, in English: the pattern for every other language.
#
# A language is one file beside this one, named by its tag (BCP 47): `pl.ftl`, `pt.ftl`, `zh-Hans.ftl`. It has the same ids,
# and in each sentence the same `{ $names }` and the same tags (<strong>, <code>). docs/languages.md says more.

# The language's own name, as its speakers write it.
language-name = English

### Dates and times

# `{ $month }` and `{ $day }` have two digits.
moment = { $year }-{ $month }-{ $day } { $hour }:{ $minute } UTC
span-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
span-seconds = { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}

### Pages

# { $title } is the page's own title; the window's title says first that something went wrong.
page-error-title = Error: { $title }
page-moment = { $when }
page-signed-in-as = Signed in as <strong>{ $user }</strong>
page-another-account = Use another account
# A helpdesk's address follows.
page-trouble = Trouble?
page-language = Language:
page-something-else = Use something else
page-continue = Continue
page-confirm = Confirm
page-copied = Copied
page-back-to-settings = Back to settings
# What stands above the field.
page-code-label = Code
page-yubikey-label = Touch your YubiKey
# { $address } is masked: a***@e***.com
page-code-sent = We sent a code to <strong>{ $address }</strong>.
page-code-comes = Your code comes to <strong>{ $address }</strong>.
# { $time } is "10 minutes", and runs down.
page-code-works-for = It works for <strong>{ $time }</strong>.
page-code-over = The code's time is over. Send a new one.
page-send-first = Send the code
page-send-again = Send a new code
page-send-wait = You can ask for a new one in <strong>{ $time }</strong>.
page-no-script = Browsers give keys to scripts only, and JavaScript is turned off here. Turn it on, or use something else.
page-key-unable = This browser can't use keys. Use something else.
page-key-known = This key is set up already. Use another one.
page-key-silent = Your key didn't answer in time, or you cancelled. Try again, or use something else.

### Pages: the challenge

challenge-title = One more step
challenge-title-again = Confirm it's you
challenge-title-locked = Too many wrong codes
# What the second factor opens. { $app } is the site's name, { $path } the address of a page of it.
challenge-opens-app = Then <strong>{ $app }</strong> opens.
challenge-opens-page = Then <strong>{ $path }</strong> opens in { $app }.
challenge-opens-methods = Then you can change how you sign in to <strong>{ $app }</strong>.
challenge-app = Open your authenticator app and type the code for <strong>{ $brand }</strong>.
challenge-key = Use your passkey or security key.
challenge-yubikey = Put the cursor into the field and touch your YubiKey: it types a password by itself.
challenge-backup = Type one of your backup codes. Each works once.
challenge-use-key = Use my key
challenge-remember = Don't ask on this device for { $days ->
    [one] { $days } day
   *[other] { $days } days
}
challenge-no-code = No code is on its way to you. Send one below.
challenge-unsent = What you sent was not passed on: you hadn't passed your second factor. Send it again after this.
challenge-lock-left = Time left: <strong>{ $time }</strong>
challenge-locked-help = Until then nobody can try, so whoever was guessing is stopped. If that wasn't you, someone knows your password: change it, and tell your administrator.
challenge-try-again = Try again
challenge-why = Why am I seeing this?
challenge-why-first = A password alone doesn't open { $brand }, since it can be guessed or stolen. This second step shows that it's really you.
challenge-why-again = You passed your second factor a while ago. This page asks for it again, so that nobody else can open it on your device.
challenge-why-stronger = This page opens with certain methods only. The ones that you can use are shown here.
challenge-why-changes = Before you change how you sign in, we make sure that it's you, so that nobody else can do it.

### Pages: setting up a method

enrol-title = Add a second factor
enrol-lead = Choose how you want to confirm that it's you.
enrol-first = A password alone no longer opens { $brand }. Choose what you want to use beside it: it takes a minute, and you can change it later.
enrol-nothing = There is nothing more to set up.
enrol-recommended = recommended
# { $method } is the name of a method: "Passkey".
enrol-set-up = Set up { $method }
enrol-why-key = One touch, with your fingerprint, your face or a security key. Nobody can trick you out of it.
enrol-why-yubikey = A small key in the USB port types a password when you touch it.
enrol-why-app = An app on your phone shows a new code every half minute. It needs no network.
enrol-why-message = A code comes to <strong>{ $address }</strong> each time.
enrol-something-else = Choose something else
enrol-app-title = Set up your authenticator app
enrol-app-have = Have an authenticator app
enrol-app-which = Any will do, for instance Aegis, Google Authenticator, Microsoft Authenticator or your password manager.
enrol-app-scan = Scan this with the app
enrol-app-open = Open it in my app
enrol-app-secret = Or type this secret into the app. It is shown only now.
enrol-app-copy = Copy the secret
enrol-app-code = Type the code that the app shows
enrol-app-again = Type the code that your app shows now.
enrol-app-anew = Start again with a new secret
enrol-code-title = Confirm with a code
enrol-key-title = Add a passkey or security key
enrol-key-lead = Your browser asks you to use this device's screen lock, your phone or a security key.
enrol-yubikey-title = Add a YubiKey
enrol-yubikey-lead = Put the cursor into the second field and touch your YubiKey: it types a password by itself.
enrol-name = A name for it
enrol-name-hint = To tell it from others: "My phone", "Blue key".
enrol-add-it = Add it
enrol-done-title = That's it
enrol-done = { $method } is set up.

### Pages: backup codes

backup-title = Your backup codes
backup-lead = Each works once, when you can't use your other methods. Keep them somewhere safe: they are shown only now.
backup-copy = Copy
backup-save = Save as a file
backup-print = Print
# The first line on paper and in the file.
backup-file = Backup codes of { $user } for { $brand }. Each works once.
backup-next = What happens next
backup-next-time = When you sign in, we ask for your second factor after your password.
backup-next-lost = Should you lose it, a backup code lets you in; then set up a new one.
backup-kept = I have kept them

### Pages: settings

settings-title = Your second factor
settings-primary = primary
settings-make-primary = Make primary
# For who can't see which button belongs to what.
settings-make-primary-named = Make primary: { $name }
settings-remove = Remove
settings-remove-named = Remove { $name }
settings-from-directory = Set up by your organisation
settings-add = Add a method
settings-backup = Backup codes
settings-backup-left = { $count ->
    [0] { $count } left unused: make new ones.
    [one] { $count } left unused.
   *[other] { $count } left unused.
}
settings-backup-new = Make new ones (the old ones stop working)
settings-devices = Remembered devices
settings-devices-count = { $count ->
    [one] { $count } device isn't asked for a second factor.
   *[other] { $count } devices aren't asked for a second factor.
}
settings-devices-forget = Forget all
settings-activity = Recent activity
settings-activity-hint = Was something of this not you? Change your password, and tell your administrator.
settings-back = Back to { $brand }
settings-done-enrolled = { $method } was added. You can use it from now on.
settings-done-removed = { $method } was removed.
settings-done-primary = { $method } comes first from now on.
settings-done-devices = All devices are asked for a second factor again.
confirm-remove = Remove { $name }
confirm-backup = Make new backup codes
confirm-with = Show that it's you with <strong>{ $method }</strong>.
confirm-send-first = Send a code to <strong>{ $address }</strong> first, to show that it's you.

### Pages: recent activity

activity-signed-in = Signed in with your password
activity-challenged = Asked for your second factor
activity-sent = Code sent
activity-send-failed = Code couldn't be sent
activity-send-refused = No code sent: too many were asked for
activity-passed = Second factor passed
activity-failed = Wrong code or key
activity-locked = Locked after too many wrong codes
activity-enrolled = Method added
activity-removed = Method removed
activity-primary-changed = Primary method changed
activity-backup-codes-made = Backup codes made
activity-backup-code-used = Backup code used
activity-device-remembered = Device remembered
activity-devices-forgotten = Devices forgotten
activity-reset = Reset by an administrator

### Pages: what a refusal offers

refusal-sign-in = Sign in again
refusal-start = Go to the start page
refusal-clear = Clear this site's cookies
refusal-request = Request { $id }

### Errors

## Refusals: a title, what happened, what to do now

no-malformed-title = This request can't be passed on
no-cookies-next = These cookies were taken off your browser. Sign in again; if this page comes back, clear this site's cookies.
no-next-back = Go back and try again.
no-next-again = Try again.
no-next-moment = Try again in a moment.
no-next-tell = Try again, or tell your administrator.
no-moment-title = Just a moment
no-bad-request-title = This request can't be read
no-bad-request = What arrived was incomplete or no HTTP.
no-too-slow-title = This took too long
no-too-slow = The rest of what you sent didn't arrive in time.
no-too-slow-next = Send it again.
no-too-large-title = This is too large
no-too-large = What you sent is larger than this site takes.
no-too-large-next = Send something smaller, or ask your administrator.
no-busy = More is asked of this site than it can answer at once.
no-wrong-host-title = No app lives at this address
no-wrong-host = The gate serves no app under this host name.
no-wrong-host-next = Check the address.
no-old-terms-title = Connect again
no-old-terms = What this site wants of a connection has changed since yours was opened.
no-old-terms-next = Reload the page.
no-send-again-title = One more step before this is sent
no-send-again = What you sent was not passed on. Pass your second factor, go back, and send it again.
no-send-again-next = Continue to the second factor.
no-denied-title = This page is closed
no-denied = The administrator has closed this page for you.
no-denied-next = Go back to the start page.
no-sign-in-first-title = Sign in first
no-sign-in-first = You are not signed in, so this was not passed on.
no-sign-in-first-next = Sign in, then send it again.
no-upgrade-title = Pass your second factor first
no-upgrade = This connection needs a verified session.
no-upgrade-next = Sign in and pass your second factor.
no-login-in-progress-title = A sign-in is under way
no-login-in-progress = Another sign-in of this browser is on its way to the app.
no-login-in-progress-next = Wait a moment and try again.
no-another-account-title = You are signed in as someone else
no-another-account = A sign-in as another user was not passed on, since a verified session is open in this browser.
# "Use another account" is a button of the page (page-another-account).
no-another-account-next = Choose "Use another account", then sign in again.
no-login-elsewhere-title = This is not the place to sign in
no-login-elsewhere = A name and a password were sent to an address that isn't known as a sign-in page, so they were not passed on.
# `login_paths` is a key of the configuration.
no-login-elsewhere-next = Sign in on the site's own sign-in page. Administrators: list this address in login_paths, or add a confirming source.
no-sent-back-title = You are not signed in
no-sent-back = The app sent you back to sign in. Perhaps the name or the password was wrong.
no-memory = The gate can't reach its memory, so it can't tell whose session this is.
no-probe = The app didn't say clearly whose session this is.
no-directory = The list of users can't be asked just now, so nobody can be signed in.
no-down-title = The app can't be reached
no-down = The app behind this page isn't answering.
no-slow-title = The app takes too long
no-slow = The app behind this page gave no answer in time.
no-broke-title = The app broke off
no-broke = The app's answer can't be passed on.
no-answer-too-large-title = The app's answer can't be passed on
no-answer-too-large = The app answered with more headers than anyone can take.
no-answer-too-large-next = Tell your administrator; often many old cookies are the cause.
no-user-changed-title = You are signed in as someone else now
no-user-changed = The app names another user than the one who passed the second factor, so its answer was withheld.
no-user-changed-next = Sign in again.
no-user-unknown-title = Your account isn't known here
no-user-unknown = The app let you in, but the gate's directory doesn't know this account, so nobody can check its second factor.
no-user-unknown-next = Ask your administrator to add you.
no-disagreement-title = The sign-in can't be matched
no-disagreement = The app says that another user is signed in than the one you typed.
no-disagreement-next = Sign in again with your own user name.
no-undecided-title = The sign-in can't be judged
no-undecided = The app's answer to your sign-in can't be understood, so you are not signed in.

## Requests that can be read in two ways

odd-address = The address of this page can be read in two ways, so it is not passed on.
odd-cookie = Your browser sent the app's session cookie in two ways, so nobody can tell which one counts.
odd-cookies-unreadable = The cookies of this request can't be read.
odd-form = The form that was sent can be read in two ways, so it is not passed on.
odd-header-twice = A header that may stand once was sent twice.
odd-host = The Host of this request is missing or can't be read.
odd-length = The length of this request can be read in two ways.
odd-no-proxy = This is no forward proxy.
odd-no-trace = TRACE is not allowed here.
odd-method = This method is not supported here.
odd-only-chunked = Only `chunked` is accepted as Transfer-Encoding.
odd-only-websockets = Only WebSockets can be opened in this way.
odd-session-in-address = The address carries a session or a token. Sign in with cookies turned on instead.
odd-session-in-form = The form that was sent carries a session or a token. Sign in with cookies turned on instead.
odd-head-too-large = Your browser sent more cookies, or a longer address, than this site takes.
odd-user-from-proxy = The proxy in front of this site named the user in two ways, so this is not passed on.
odd-user-name = The user name of this sign-in can be read in two ways, so it is not passed on.
odd-login-body = This kind of body can't be used to sign in.
odd-login-compressed = A compressed body can't be used to sign in, nor as a form.
odd-login-in-address = The fields of a sign-in belong into its body, not into the address.
odd-login-too-large = This is too large to be a sign-in.
odd-login-way = A name and a password can't be sent in this way.

## The gate's own pages

own-not-found-title = There is no such page
own-not-found = The gate has no page at this address.
own-wrong-method-title = This doesn't work here
own-wrong-method = The gate's page takes another method.
own-not-for-scripts-title = This page is for people
own-not-for-scripts = Scripts use the gate's API.
own-cross-site-title = This came from another site
own-cross-site = Open the page itself and try again.
own-json-only-title = JSON only
own-json-only = Send JSON with Content-Type: application/json.
own-too-large = The gate's pages take short forms only.
own-no-json-title = This can't be read
own-no-json = The body is no JSON.
own-stale-title = This page is out of date
own-stale = Go back, reload the page and try again.
own-verify-first-title = Second factor first

## Challenge, enrolment, settings

flow-title = This didn't work
flow-code-wrong = { $left ->
    [one] That code isn't right. Check it and try again; one try is left.
   *[other] That code isn't right. Check it and try again; { $left } tries are left.
}
flow-code-expired = That code is too old. Ask for a new one.
flow-code-used = That code was used before. Ask for a new one, or wait for your app's next code.
flow-locked-title = Too many wrong codes
flow-locked = Too many wrong codes were typed for your account.
flow-sends-title = Too many codes
flow-too-many-sends = Too many codes were sent. Use the last one, or try again later.
flow-resend-wait = A code was sent a moment ago. Wait a little before asking for another.
flow-unknown-method = This method isn't set up for your account. Choose another one.
flow-sends-nothing = This method shows its codes itself; nothing is sent.
flow-not-allowed = What you opened needs another method. Choose one from the list.
flow-key-refused = Your key wasn't accepted. Try again, or use another method.
flow-key-cloned = This key was refused: there may be a copy of it. Use another method and tell your administrator.
flow-code-required = This change needs a code. Send one of this method, or of a stronger one.
flow-no-session-title = Your sign-in has ended
flow-no-session = Your sign-in has ended. Go back to the app and sign in again.
flow-no-session-next = Go back to the app and sign in again.
flow-verify-first = Pass your second factor first.
flow-needs-invite-title = Your account needs a second factor
flow-needs-invite = No second factor is set up for your account. Ask your administrator to let you set one up.
flow-needs-invite-next = Your administrator can reset or invite you.
flow-already-active = This method is set up already.
flow-nothing-to-confirm = There is nothing to confirm. Start setting up the method again.
flow-last-method = This is your only method. Add another one before you remove it.
flow-from-directory = Your organisation set up this method; it can't be removed here.
flow-backup-off = Backup codes are turned off here.
flow-regeneration-off = New backup codes can't be made here. Ask your administrator.
flow-unavailable = The gate can't reach its memory just now. Try again in a moment.
flow-yubico-away = Your YubiKey can't be checked just now. Try again in a moment, or use another method.
# `{ $what }` is one of the sentences above, `{ $span }` "12 minutes", `{ $when }` a date with its time.
flow-go-on = { $what } You can go on in { $span }, at { $when }.
# `{ $what }` is a sentence, `{ $method }` the name of a method.
flow-instead = { $what } You can use this instead: { $method }.

## Why a message was not sent

trouble-recipient = The address or number on file for you can't get messages. Ask your administrator to correct it, or use another method.
# START is what providers of text messages take, in every language.
trouble-opted-out = Your phone has unsubscribed from these messages. Answer START to the last one, or use another method.
trouble-setup = The message with your code couldn't be sent. Tell your administrator, or use another method.
trouble-later = The message with your code couldn't be sent just now. Try again in a moment, or use another method.
trouble-unknown = It isn't certain that the message with your code was sent. If it doesn't come in a minute, ask for a new one or use another method.

## Answers of the API

api-second-factor-title = Second factor required
api-second-factor = Pass your second factor, then send this again.
api-code-sent = Code was sent.
api-touch-key = Touch your key.
api-touch-yubikey = Touch your YubiKey and confirm with what it types.
api-removed = The method was removed.
api-primary-changed = The primary method was changed.

### Methods

# What a method is called where the site gives it no name of its own.
method-email = E-mail
method-sms = Text message
method-app = Authenticator app
method-yubikey = YubiKey
method-webauthn = Passkey or security key
method-backup = Backup code

### Messages

## The e-mail with a code

mail-subject = Your verification code
mail-code = { $code } is your verification code for { $brand } ({ $host }).
# The code stands below in large letters.
mail-code-below = Your verification code for <strong>{ $brand }</strong> ({ $host }):
mail-works-once = { $minutes ->
    [one] It works once, for { $minutes } minute, in the browser where you are signing in.
   *[other] It works once, for { $minutes } minutes, in the browser where you are signing in.
}
# Two lines, which may be read as one sentence.
mail-asked-by = Asked for by { $user } on { $when }
mail-asked-from = from { $network }, { $browser }
mail-not-you = If this wasn't you, someone knows your password: don't pass the code on to anybody, and change your password now.

## The e-mail about a change

notice-added = A second factor was added: { $method }
notice-removed = A second factor was removed: { $method }
notice-backup-used = { $left ->
    [one] A backup code was used, { $left } is left
   *[other] A backup code was used, { $left } are left
}
# `{ $what }` is one of the sentences above.
notice-opening = { $what }, for your account { $user } at { $brand } ({ $host }).
notice-account = Your account { $user } at <strong>{ $brand }</strong> ({ $host }).
notice-when = When: { $when }
notice-from = From: { $network }, { $browser }
# The line under the moment.
notice-from-small = from { $network }, { $browser }
notice-not-you = If this was you, there is nothing to do. If it wasn't, someone may be in your account: change your password and tell your administrator now.

## Text messages

# At most 160 characters with the name of the site and two lines for phones; letters outside GSM 03.38 (such as ą, ő, ш) make
# that 70, so leave accents out where that reads well. The code stands first.
sms-code-brand = { $code } is your { $brand } code.
# Where the name of the site is too long.
sms-code = { $code } is your code.
