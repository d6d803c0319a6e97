# French. The pattern is en.ftl.

language-name = Français

### Dates and times

moment = { $day }/{ $month }/{ $year } à { $hour }:{ $minute } UTC
span-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
span-seconds = { $seconds ->
    [one] { $seconds } seconde
   *[other] { $seconds } secondes
}

### Pages

page-error-title = Erreur : { $title }
page-moment = { $when }
page-signed-in-as = Compte connecté : <strong>{ $user }</strong>
page-another-account = Utiliser un autre compte
page-trouble = Un problème ?
page-language = Langue :
page-something-else = Utiliser une autre méthode
page-continue = Continuer
page-confirm = Confirmer
page-copied = Copié
page-back-to-settings = Retour aux réglages
page-code-label = Code
page-yubikey-label = Touchez votre YubiKey
page-code-sent = Nous avons envoyé un code à <strong>{ $address }</strong>.
page-code-comes = Votre code arrivera à <strong>{ $address }</strong>.
page-code-works-for = Il expire dans <strong>{ $time }</strong>.
page-code-over = Le code a expiré. Demandez-en un nouveau.
page-send-first = Envoyer le code
page-send-again = Envoyer un nouveau code
page-send-wait = Vous pourrez en demander un autre dans <strong>{ $time }</strong>.
page-no-script = Les clés ne fonctionnent qu’avec JavaScript, et il est désactivé ici. Activez-le ou utilisez une autre méthode.
page-key-unable = Ce navigateur ne prend pas en charge les clés. Utilisez une autre méthode.
page-key-known = Cette clé est déjà configurée. Utilisez-en une autre.
page-key-silent = Votre clé n’a pas répondu à temps, ou vous avez annulé. Réessayez ou utilisez une autre méthode.

### Pages: the challenge

challenge-title = Encore une étape
challenge-title-again = Confirmez que c’est bien vous
challenge-title-locked = Trop de codes incorrects
challenge-opens-app = Ensuite, <strong>{ $app }</strong> s’ouvrira.
challenge-opens-page = Ensuite, <strong>{ $path }</strong> s’ouvrira dans { $app }.
challenge-opens-methods = Ensuite, vous pourrez modifier votre façon de vous connecter à <strong>{ $app }</strong>.
challenge-app = Ouvrez votre application d’authentification et saisissez le code pour <strong>{ $brand }</strong>.
challenge-key = Utilisez votre clé d’accès ou votre clé de sécurité.
challenge-yubikey = Placez le curseur dans le champ et touchez votre YubiKey : elle saisit toute seule un mot de passe à usage unique.
challenge-backup = Saisissez l’un de vos codes de secours. Chacun ne sert qu’une fois.
challenge-use-key = Utiliser ma clé
challenge-remember = { $days ->
    [one] Ne plus demander sur cet appareil pendant { $days } jour
   *[other] Ne plus demander sur cet appareil pendant { $days } jours
}
challenge-no-code = Aucun code n’est en route vers vous. Demandez-en un ci-dessous.
challenge-unsent = Votre envoi n’a pas été transmis, car votre second facteur n’était pas encore confirmé. Refaites-le après cette étape.
challenge-lock-left = Temps restant : <strong>{ $time }</strong>
challenge-locked-help = D’ici là, aucun essai n’est possible : celui qui cherchait à deviner ne peut pas continuer. Si ce n’était pas vous, quelqu’un connaît votre mot de passe : changez-le et prévenez votre administrateur.
challenge-try-again = Réessayer
challenge-why = Pourquoi cette page s’affiche-t-elle ?
challenge-why-first = Un mot de passe seul n’ouvre pas { $brand }, car il peut être deviné ou volé. Cette deuxième étape montre que c’est bien vous.
challenge-why-again = Vous avez confirmé votre second facteur il y a un moment. Cette page le redemande pour que personne d’autre ne puisse l’ouvrir sur votre appareil.
challenge-why-stronger = Cette page ne s’ouvre qu’avec certaines méthodes. Celles que vous pouvez utiliser sont affichées ici.
challenge-why-changes = Avant toute modification de votre façon de vous connecter, nous vérifions que c’est bien vous, pour que personne d’autre ne puisse le faire.

### Pages: setting up a method

enrol-title = Ajouter un second facteur
enrol-lead = Choisissez comment confirmer que c’est bien vous.
enrol-first = Un mot de passe seul n’ouvre plus { $brand }. Choisissez ce que vous voulez utiliser en complément : cela prend une minute, et vous pourrez en changer plus tard.
enrol-nothing = Il n’y a plus rien à configurer.
enrol-recommended = recommandée
enrol-set-up = Configurer : { $method }
enrol-why-key = Un seul geste, avec votre empreinte, votre visage ou une clé de sécurité. Personne ne peut vous le soutirer par la ruse.
enrol-why-yubikey = Une petite clé sur le port USB saisit un mot de passe à usage unique quand vous la touchez.
enrol-why-app = Une application sur votre téléphone affiche un nouveau code toutes les 30 secondes. Elle fonctionne sans réseau.
enrol-why-message = Un code arrive chaque fois à <strong>{ $address }</strong>.
enrol-something-else = Choisir une autre méthode
enrol-app-title = Configurer votre application d’authentification
enrol-app-have = Préparez une application d’authentification
enrol-app-which = Toutes conviennent, par exemple Aegis, Google Authenticator, Microsoft Authenticator ou votre gestionnaire de mots de passe.
enrol-app-scan = Scannez ceci avec l’application
enrol-app-open = Ouvrir dans mon application
enrol-app-secret = Ou saisissez cette clé secrète dans l’application. Elle n’est affichée que maintenant.
enrol-app-copy = Copier la clé secrète
enrol-app-code = Saisissez le code qu’affiche l’application
enrol-app-again = Saisissez le code que votre application affiche maintenant.
enrol-app-anew = Recommencer avec une nouvelle clé secrète
enrol-code-title = Confirmer avec un code
enrol-key-title = Ajouter une clé d’accès ou une clé de sécurité
enrol-key-lead = Votre navigateur va vous demander d’utiliser le verrouillage de cet appareil, votre téléphone ou une clé de sécurité.
enrol-yubikey-title = Ajouter une YubiKey
enrol-yubikey-lead = Placez le curseur dans le second champ et touchez votre YubiKey : elle saisit toute seule un mot de passe à usage unique.
enrol-name = Nom de la clé
enrol-name-hint = Pour la distinguer des autres : « Mon téléphone », « Clé bleue ».
enrol-add-it = Ajouter
enrol-done-title = C’est fait
enrol-done = Configuration terminée : { $method }.

### Pages: backup codes

backup-title = Vos codes de secours
backup-lead = Chacun sert une fois, quand vous ne pouvez pas utiliser vos autres méthodes. Gardez-les en lieu sûr : ils ne sont affichés que maintenant.
backup-copy = Copier
backup-save = Enregistrer dans un fichier
backup-print = Imprimer
backup-file = Codes de secours pour { $brand }, compte { $user }. Chacun ne sert qu’une fois.
backup-next = Et maintenant ?
backup-next-time = À chaque connexion, nous vous demanderons votre second facteur après votre mot de passe.
backup-next-lost = Si vous le perdez, un code de secours vous permettra d’entrer ; configurez-en alors un nouveau.
backup-kept = Je les ai conservés

### Pages: settings

settings-title = Votre second facteur
settings-primary = principale
settings-make-primary = Définir comme principale
settings-make-primary-named = Définir comme principale : { $name }
settings-remove = Supprimer
settings-remove-named = Supprimer : { $name }
settings-from-directory = Méthode configurée par votre organisation
settings-add = Ajouter une méthode
settings-backup = Codes de secours
settings-backup-left = { $count ->
    [0] { $count } code inutilisé : créez-en de nouveaux.
    [one] { $count } code inutilisé.
   *[other] { $count } codes inutilisés.
}
settings-backup-new = En créer de nouveaux (les anciens ne fonctionneront plus)
settings-devices = Appareils mémorisés
settings-devices-count = { $count ->
    [one] Le second facteur n’est pas demandé sur { $count } appareil.
   *[other] Le second facteur n’est pas demandé sur { $count } appareils.
}
settings-devices-forget = Tout oublier
settings-activity = Activité récente
settings-activity-hint = Quelque chose ici ne vient pas de vous ? Changez votre mot de passe et prévenez votre administrateur.
settings-back = Retour à { $brand }
settings-done-enrolled = Méthode ajoutée : { $method }. Vous pouvez l’utiliser dès maintenant.
settings-done-removed = Méthode supprimée : { $method }.
settings-done-primary = Méthode proposée en premier désormais : { $method }.
settings-done-devices = Le second facteur est de nouveau demandé sur tous les appareils.
confirm-remove = Supprimer : { $name }
confirm-backup = Créer de nouveaux codes de secours
confirm-with = Confirmez que c’est bien vous avec cette méthode : <strong>{ $method }</strong>.
confirm-send-first = Envoyez d’abord un code à <strong>{ $address }</strong> pour confirmer que c’est bien vous.

### Pages: recent activity

activity-signed-in = Connexion avec votre mot de passe
activity-challenged = Second facteur demandé
activity-sent = Code envoyé
activity-send-failed = Échec de l’envoi du code
activity-send-refused = Aucun code envoyé : trop de demandes
activity-passed = Second facteur confirmé
activity-failed = Code ou clé incorrects
activity-locked = Compte bloqué après trop de codes incorrects
activity-enrolled = Méthode ajoutée
activity-removed = Méthode supprimée
activity-primary-changed = Méthode principale modifiée
activity-backup-codes-made = Codes de secours créés
activity-backup-code-used = Code de secours utilisé
activity-device-remembered = Appareil mémorisé
activity-devices-forgotten = Appareils oubliés
activity-reset = Réinitialisation par un administrateur

### Pages: what a refusal offers

refusal-sign-in = Se reconnecter
refusal-start = Aller à la page d’accueil
refusal-clear = Effacer les cookies de ce site
refusal-request = Requête { $id }

### Errors

## Refusals: a title, what happened, what to do now

no-malformed-title = Cette requête ne peut pas être transmise
no-cookies-next = Ces cookies ont été retirés de votre navigateur. Reconnectez-vous ; si cette page revient, effacez les cookies de ce site.
no-next-back = Revenez en arrière et réessayez.
no-next-again = Réessayez.
no-next-moment = Réessayez dans un instant.
no-next-tell = Réessayez ou prévenez votre administrateur.
no-moment-title = Un instant
no-bad-request-title = Cette requête est illisible
no-bad-request = Ce qui est arrivé était incomplet ou n’était pas du HTTP.
no-too-slow-title = Cela a pris trop de temps
no-too-slow = La fin de votre envoi n’est pas arrivée à temps.
no-too-slow-next = Renvoyez le tout.
no-too-large-title = C’est trop volumineux
no-too-large = Votre envoi dépasse la taille acceptée par ce site.
no-too-large-next = Envoyez quelque chose de moins volumineux ou demandez à votre administrateur.
no-busy = Ce site reçoit plus de demandes qu’il ne peut en traiter à la fois.
no-wrong-host-title = Aucune application à cette adresse
no-wrong-host = La passerelle ne fournit aucune application sous ce nom d’hôte.
no-wrong-host-next = Vérifiez l’adresse.
no-old-terms-title = Reconnectez-vous
no-old-terms = Ce que ce site exige d’une connexion a changé depuis l’ouverture de la vôtre.
no-old-terms-next = Rechargez la page.
no-send-again-title = Encore une étape avant l’envoi
no-send-again = Votre envoi n’a pas été transmis. Confirmez votre second facteur, revenez en arrière et refaites-le.
no-send-again-next = Passez au second facteur.
no-denied-title = Cette page est fermée
no-denied = L’administrateur vous a fermé l’accès à cette page.
no-denied-next = Revenez à la page d’accueil.
no-sign-in-first-title = Connectez-vous d’abord
no-sign-in-first = Votre session n’est pas ouverte, donc rien n’a été transmis.
no-sign-in-first-next = Connectez-vous, puis refaites l’envoi.
no-upgrade-title = Confirmez d’abord votre second facteur
no-upgrade = Cette connexion exige une session vérifiée.
no-upgrade-next = Connectez-vous et confirmez votre second facteur.
no-login-in-progress-title = Une connexion est en cours
no-login-in-progress = Une autre connexion depuis ce navigateur est en route vers l’application.
no-login-in-progress-next = Patientez un instant et réessayez.
no-another-account-title = Un autre compte est connecté
no-another-account = La connexion avec un autre compte n’a pas été transmise, car une session vérifiée est ouverte dans ce navigateur.
# “Utiliser un autre compte” is a button of the page (page-another-account).
no-another-account-next = Choisissez « Utiliser un autre compte », puis reconnectez-vous.
no-login-elsewhere-title = Ce n’est pas ici qu’on se connecte
no-login-elsewhere = Un nom et un mot de passe ont été envoyés à une adresse qui n’est pas connue comme page de connexion ; ils n’ont donc pas été transmis.
no-login-elsewhere-next = Connectez-vous sur la page de connexion du site. Administrateurs : ajoutez cette adresse à login_paths ou ajoutez une source de confirmation.
no-sent-back-title = La connexion n’a pas abouti
no-sent-back = L’application vous a renvoyé à la connexion. Le nom ou le mot de passe était peut-être incorrect.
no-memory = La passerelle n’a pas accès à sa mémoire et ne sait donc pas à qui est cette session.
no-probe = L’application n’a pas indiqué clairement à qui est cette session.
no-directory = L’annuaire des utilisateurs ne répond pas pour le moment : personne ne peut se connecter.
no-down-title = L’application est injoignable
no-down = L’application derrière cette page ne répond pas.
no-slow-title = L’application met trop de temps
no-slow = L’application derrière cette page n’a pas répondu à temps.
no-broke-title = L’application s’est interrompue
no-broke = La réponse de l’application ne peut pas être transmise.
no-answer-too-large-title = La réponse de l’application ne peut pas être transmise
no-answer-too-large = L’application a répondu avec plus d’en-têtes qu’on ne peut en accepter.
no-answer-too-large-next = Prévenez votre administrateur ; la cause est souvent un grand nombre d’anciens cookies.
no-user-changed-title = Un autre compte est maintenant connecté
no-user-changed = L’application indique un autre compte que celui dont le second facteur a été confirmé ; sa réponse a donc été retenue.
no-user-changed-next = Reconnectez-vous.
no-user-unknown-title = Votre compte n’est pas connu ici
no-user-unknown = L’application vous a laissé entrer, mais l’annuaire de la passerelle ne connaît pas ce compte : son second facteur ne peut pas être vérifié.
no-user-unknown-next = Demandez à votre administrateur de vous ajouter.
no-disagreement-title = La connexion ne concorde pas
no-disagreement = D’après l’application, le compte connecté n’est pas celui que vous avez saisi.
no-disagreement-next = Reconnectez-vous avec votre propre nom d’utilisateur.
no-undecided-title = Le résultat de la connexion n’est pas clair
no-undecided = La réponse de l’application à votre connexion est incompréhensible ; votre session n’est donc pas ouverte.

## Requests that can be read in two ways

odd-address = L’adresse de cette page peut se lire de deux façons ; elle n’est donc pas transmise.
odd-cookie = Votre navigateur a envoyé le cookie de session de l’application de deux façons ; impossible de savoir lequel compte.
odd-cookies-unreadable = Les cookies de cette requête sont illisibles.
odd-form = Le formulaire envoyé peut se lire de deux façons ; il n’est donc pas transmis.
odd-header-twice = Un en-tête qui ne doit figurer qu’une fois a été envoyé deux fois.
odd-host = L’en-tête Host de cette requête est absent ou illisible.
odd-length = La longueur de cette requête peut se lire de deux façons.
odd-no-proxy = Ceci n’est pas un serveur mandataire (forward proxy).
odd-no-trace = TRACE n’est pas autorisé ici.
odd-method = Cette méthode n’est pas prise en charge ici.
odd-only-chunked = Seul `chunked` est accepté comme Transfer-Encoding.
odd-only-websockets = Seuls les WebSockets peuvent être ouverts de cette façon.
odd-session-in-address = L’adresse contient une session ou un jeton. Activez les cookies et connectez-vous avec eux.
odd-session-in-form = Le formulaire envoyé contient une session ou un jeton. Activez les cookies et connectez-vous avec eux.
odd-head-too-large = Votre navigateur a envoyé plus de cookies ou une adresse plus longue que ce site n’en accepte.
odd-user-from-proxy = Le proxy devant ce site a indiqué l’utilisateur de deux façons ; la requête n’est donc pas transmise.
odd-user-name = Le nom d’utilisateur de cette connexion peut se lire de deux façons ; il n’est donc pas transmis.
odd-login-body = Ce type de contenu ne permet pas de se connecter.
odd-login-compressed = Un contenu compressé ne permet pas de se connecter et n’est pas accepté comme formulaire.
odd-login-in-address = Les champs d’une connexion doivent figurer dans le corps de la requête, pas dans l’adresse.
odd-login-too-large = C’est trop volumineux pour une connexion.
odd-login-way = Un nom et un mot de passe ne peuvent pas être envoyés de cette façon.

## The gate's own pages

own-not-found-title = Cette page n’existe pas
own-not-found = La passerelle n’a pas de page à cette adresse.
own-wrong-method-title = Cela ne fonctionne pas ici
own-wrong-method = Cette page de la passerelle attend une autre méthode HTTP.
own-not-for-scripts-title = Cette page est faite pour les humains
own-not-for-scripts = Les scripts utilisent l’API de la passerelle.
own-cross-site-title = Cela vient d’un autre site
own-cross-site = Ouvrez la page elle-même et réessayez.
own-json-only-title = JSON uniquement
own-json-only = Envoyez du JSON avec Content-Type: application/json.
own-too-large = Les pages de la passerelle n’acceptent que des formulaires courts.
own-no-json-title = C’est illisible
own-no-json = Le contenu n’est pas du JSON.
own-stale-title = Cette page n’est plus à jour
own-stale = Revenez en arrière, rechargez la page et réessayez.
own-verify-first-title = D’abord le second facteur

## Challenge, enrolment, settings

flow-title = Cela n’a pas fonctionné
flow-code-wrong = { $left ->
    [one] Ce code est incorrect. Vérifiez-le et réessayez ; il vous reste { $left } essai.
   *[other] Ce code est incorrect. Vérifiez-le et réessayez ; il vous reste { $left } essais.
}
flow-code-expired = Ce code est trop ancien. Demandez-en un nouveau.
flow-code-used = Ce code a déjà servi. Demandez-en un nouveau ou attendez le prochain code de votre application.
flow-locked-title = Trop de codes incorrects
flow-locked = Trop de codes incorrects ont été saisis pour votre compte.
flow-sends-title = Trop de codes
flow-too-many-sends = Trop de codes ont été envoyés. Utilisez le dernier ou réessayez plus tard.
flow-resend-wait = Un code vient d’être envoyé. Patientez un peu avant d’en demander un autre.
flow-unknown-method = Cette méthode n’est pas configurée pour votre compte. Choisissez-en une autre.
flow-sends-nothing = Cette méthode affiche elle-même ses codes ; rien n’est envoyé.
flow-not-allowed = Cette page exige une autre méthode. Choisissez-en une dans la liste.
flow-key-refused = Votre clé n’a pas été acceptée. Réessayez ou utilisez une autre méthode.
flow-key-cloned = Cette clé a été refusée : il en existe peut-être une copie. Utilisez une autre méthode et prévenez votre administrateur.
flow-code-required = Cette modification exige un code. Envoyez-en un de cette méthode ou d’une méthode plus forte.
flow-no-session-title = Votre session a pris fin
flow-no-session = Votre session a pris fin. Retournez à l’application et reconnectez-vous.
flow-no-session-next = Retournez à l’application et reconnectez-vous.
flow-verify-first = Confirmez d’abord votre second facteur.
flow-needs-invite-title = Votre compte a besoin d’un second facteur
flow-needs-invite = Aucun second facteur n’est configuré pour votre compte. Demandez à votre administrateur de vous permettre d’en configurer un.
flow-needs-invite-next = Votre administrateur peut réinitialiser votre compte ou vous inviter.
flow-already-active = Cette méthode est déjà configurée.
flow-nothing-to-confirm = Il n’y a rien à confirmer. Recommencez la configuration de la méthode.
flow-last-method = C’est votre seule méthode. Ajoutez-en une autre avant de la supprimer.
flow-from-directory = Cette méthode a été configurée par votre organisation ; elle ne peut pas être supprimée ici.
flow-backup-off = Les codes de secours sont désactivés ici.
flow-regeneration-off = De nouveaux codes de secours ne peuvent pas être créés ici. Adressez-vous à votre administrateur.
flow-unavailable = La passerelle n’a pas accès à sa mémoire pour le moment. Réessayez dans un instant.
flow-yubico-away = Votre YubiKey ne peut pas être vérifiée pour le moment. Réessayez dans un instant ou utilisez une autre méthode.
flow-go-on = { $what } Vous pourrez continuer dans { $span }, le { $when }.
flow-instead = { $what } Vous pouvez utiliser ceci à la place : { $method }.

## Why a message was not sent

trouble-recipient = L’adresse ou le numéro enregistré pour vous ne peut pas recevoir de messages. Demandez à votre administrateur de le corriger ou utilisez une autre méthode.
trouble-opted-out = Votre téléphone s’est désabonné de ces messages. Répondez START au dernier ou utilisez une autre méthode.
trouble-setup = Le message contenant votre code n’a pas pu être envoyé. Prévenez votre administrateur ou utilisez une autre méthode.
trouble-later = Le message contenant votre code n’a pas pu être envoyé pour le moment. Réessayez dans un instant ou utilisez une autre méthode.
trouble-unknown = Il n’est pas certain que le message contenant votre code soit parti. S’il n’arrive pas d’ici une minute, demandez-en un nouveau ou utilisez une autre méthode.

## Answers of the API

api-second-factor-title = Second facteur requis
api-second-factor = Confirmez votre second facteur, puis refaites cet envoi.
api-code-sent = Le code a été envoyé.
api-touch-key = Touchez votre clé.
api-touch-yubikey = Touchez votre YubiKey et confirmez avec ce qu’elle saisit.
api-removed = La méthode a été supprimée.
api-primary-changed = La méthode principale a été modifiée.

### Methods

method-email = E-mail
method-sms = SMS
method-app = Application d’authentification
method-yubikey = YubiKey
method-webauthn = Clé d’accès ou clé de sécurité
method-backup = Code de secours

### Messages

## The e-mail with a code

mail-subject = Votre code de vérification
mail-code = { $code } est votre code de vérification pour { $brand } ({ $host }).
mail-code-below = Votre code de vérification pour <strong>{ $brand }</strong> ({ $host }) :
mail-works-once = { $minutes ->
    [one] Il sert une fois, pendant { $minutes } minute, dans le navigateur où vous vous connectez.
   *[other] Il sert une fois, pendant { $minutes } minutes, dans le navigateur où vous vous connectez.
}
mail-asked-by = Demandé par { $user } le { $when }
mail-asked-from = depuis { $network }, { $browser }
mail-not-you = Si ce n’était pas vous, quelqu’un connaît votre mot de passe : ne donnez ce code à personne et changez votre mot de passe sans attendre.

## The e-mail about a change

notice-added = Un second facteur a été ajouté : { $method }
notice-removed = Un second facteur a été supprimé : { $method }
notice-backup-used = Un code de secours a été utilisé, il en reste { $left }
notice-opening = { $what }. Cela concerne votre compte { $user } sur { $brand } ({ $host }).
notice-account = Votre compte { $user } sur <strong>{ $brand }</strong> ({ $host }).
notice-when = Quand : { $when }
notice-from = Depuis : { $network }, { $browser }
notice-from-small = depuis { $network }, { $browser }
notice-not-you = Si c’était vous, vous n’avez rien à faire. Sinon, quelqu’un est peut-être dans votre compte : changez votre mot de passe et prévenez votre administrateur sans attendre.

## Text messages

sms-code-brand = { $code } est votre code pour { $brand }.
sms-code = { $code } est votre code.
