# Spanish. The pattern is en.ftl.

language-name = Español

### Dates and times

moment = { $day }/{ $month }/{ $year }, { $hour }:{ $minute } UTC
span-minutes = { $minutes ->
    [one] { $minutes } minuto
   *[other] { $minutes } minutos
}
span-seconds = { $seconds ->
    [one] { $seconds } segundo
   *[other] { $seconds } segundos
}

### Pages

page-error-title = Error: { $title }
page-moment = { $when }
page-signed-in-as = Sesión iniciada como <strong>{ $user }</strong>
page-another-account = Usar otra cuenta
page-trouble = ¿Algún problema?
page-language = Idioma:
page-something-else = Usar otro método
page-continue = Continuar
page-confirm = Confirmar
page-copied = Copiado
page-back-to-settings = Volver a los ajustes
page-code-label = Código
page-yubikey-label = Toca tu YubiKey
page-code-sent = Hemos enviado un código a <strong>{ $address }</strong>.
page-code-comes = Tu código llegará a <strong>{ $address }</strong>.
page-code-works-for = Caduca dentro de <strong>{ $time }</strong>.
page-code-over = El código ha caducado. Pide otro.
page-send-first = Enviar el código
page-send-again = Enviar otro código
page-send-wait = Podrás pedir otro dentro de <strong>{ $time }</strong>.
page-no-script = Las llaves solo funcionan con JavaScript, y aquí está desactivado. Actívalo o usa otro método.
page-key-unable = Este navegador no admite llaves. Usa otro método.
page-key-known = Esta llave ya está configurada. Usa otra.
page-key-silent = Tu llave no respondió a tiempo o cancelaste la operación. Vuelve a intentarlo o usa otro método.

### Pages: the challenge

challenge-title = Un paso más
challenge-title-again = Confirma que eres tú
challenge-title-locked = Demasiados códigos incorrectos
challenge-opens-app = Después se abrirá <strong>{ $app }</strong>.
challenge-opens-page = Después se abrirá <strong>{ $path }</strong> en { $app }.
challenge-opens-methods = Después podrás cambiar tu forma de iniciar sesión en <strong>{ $app }</strong>.
challenge-app = Abre tu app de autenticación y escribe el código de <strong>{ $brand }</strong>.
challenge-key = Usa tu llave de acceso o tu llave de seguridad.
challenge-yubikey = Coloca el cursor en el campo y toca tu YubiKey: escribirá sola una contraseña de un solo uso.
challenge-backup = Escribe uno de tus códigos de respaldo. Cada uno sirve una vez.
challenge-use-key = Usar mi llave
challenge-remember = { $days ->
    [one] No volver a preguntar en este dispositivo durante { $days } día
   *[other] No volver a preguntar en este dispositivo durante { $days } días
}
challenge-no-code = No hay ningún código en camino. Pide uno aquí abajo.
challenge-unsent = Lo que enviaste no ha llegado a su destino porque faltaba confirmar tu segundo factor. Vuelve a enviarlo después de este paso.
challenge-lock-left = Tiempo restante: <strong>{ $time }</strong>
challenge-locked-help = Hasta entonces nadie puede intentarlo, así que quien estuviera probando códigos no puede seguir. Si no eras tú, alguien conoce tu contraseña: cámbiala y avisa a tu administrador.
challenge-try-again = Volver a intentarlo
challenge-why = ¿Por qué veo esto?
challenge-why-first = La contraseña por sí sola no abre { $brand }, porque alguien puede adivinarla o robarla. Este segundo paso demuestra que de verdad eres tú.
challenge-why-again = Confirmaste tu segundo factor hace un rato. Esta página vuelve a pedirlo para que nadie más pueda abrirla en tu dispositivo.
challenge-why-stronger = Esta página solo se abre con ciertos métodos. Aquí se muestran los que puedes usar.
challenge-why-changes = Antes de que cambies tu forma de iniciar sesión, comprobamos que eres tú, para que nadie más pueda hacerlo.

### Pages: setting up a method

enrol-title = Añade un segundo factor
enrol-lead = Elige cómo quieres confirmar que eres tú.
enrol-first = La contraseña por sí sola ya no abre { $brand }. Elige qué quieres usar además: tardarás un minuto y podrás cambiarlo más adelante.
enrol-nothing = No queda nada por configurar.
enrol-recommended = recomendado
enrol-set-up = Configurar: { $method }
enrol-why-key = Un solo gesto, con tu huella, tu cara o una llave de seguridad. Nadie puede sacártelo con engaños.
enrol-why-yubikey = Una pequeña llave en el puerto USB escribe una contraseña de un solo uso cuando la tocas.
enrol-why-app = Una app en tu teléfono muestra un código nuevo cada medio minuto. No necesita conexión.
enrol-why-message = Cada vez llega un código a <strong>{ $address }</strong>.
enrol-something-else = Elegir otro método
enrol-app-title = Configura tu app de autenticación
enrol-app-have = Ten a mano una app de autenticación
enrol-app-which = Sirve cualquiera, por ejemplo Aegis, Google Authenticator, Microsoft Authenticator o tu gestor de contraseñas.
enrol-app-scan = Escanea esto con la app
enrol-app-open = Abrir en mi app
enrol-app-secret = O escribe esta clave secreta en la app. Solo se muestra ahora.
enrol-app-copy = Copiar la clave secreta
enrol-app-code = Escribe el código que muestra la app
enrol-app-again = Escribe el código que muestra ahora tu app.
enrol-app-anew = Empezar de nuevo con otra clave secreta
enrol-code-title = Confirma con un código
enrol-key-title = Añade una llave de acceso o de seguridad
enrol-key-lead = Tu navegador te pedirá que uses el bloqueo de pantalla de este dispositivo, tu teléfono o una llave de seguridad.
enrol-yubikey-title = Añade una YubiKey
enrol-yubikey-lead = Coloca el cursor en el segundo campo y toca tu YubiKey: escribirá sola una contraseña de un solo uso.
enrol-name = Nombre de la llave
enrol-name-hint = Para distinguirla de otras: «Mi teléfono», «Llave azul».
enrol-add-it = Añadir
enrol-done-title = ¡Listo!
enrol-done = Configuración completada: { $method }.

### Pages: backup codes

backup-title = Tus códigos de respaldo
backup-lead = Cada uno sirve una vez, cuando no puedas usar tus otros métodos. Guárdalos en un lugar seguro: solo se muestran ahora.
backup-copy = Copiar
backup-save = Guardar en un archivo
backup-print = Imprimir
backup-file = Códigos de respaldo de { $user } para { $brand }. Cada uno sirve una vez.
backup-next = Qué pasa ahora
backup-next-time = Cuando inicies sesión, te pediremos el segundo factor después de la contraseña.
backup-next-lost = Si lo pierdes, podrás entrar con un código de respaldo; configura entonces otro.
backup-kept = Ya los he guardado

### Pages: settings

settings-title = Tu segundo factor
settings-primary = principal
settings-make-primary = Usar como principal
settings-make-primary-named = Usar como principal: { $name }
settings-remove = Eliminar
settings-remove-named = Eliminar: { $name }
settings-from-directory = Lo configuró tu organización
settings-add = Añadir un método
settings-backup = Códigos de respaldo
settings-backup-left = { $count ->
    [0] Quedan { $count } sin usar: crea otros nuevos.
    [one] Queda { $count } sin usar.
   *[other] Quedan { $count } sin usar.
}
settings-backup-new = Crear otros nuevos (los anteriores dejarán de servir)
settings-devices = Dispositivos recordados
settings-devices-count = { $count ->
    [one] En { $count } dispositivo no se pide el segundo factor.
   *[other] En { $count } dispositivos no se pide el segundo factor.
}
settings-devices-forget = Olvidar todos
settings-activity = Actividad reciente
settings-activity-hint = ¿Hay algo aquí que no hiciste tú? Cambia tu contraseña y avisa a tu administrador.
settings-back = Volver a { $brand }
settings-done-enrolled = Método añadido: { $method }. Ya puedes usarlo.
settings-done-removed = Método eliminado: { $method }.
settings-done-primary = A partir de ahora se usa primero: { $method }.
settings-done-devices = Todos los dispositivos vuelven a pedir el segundo factor.
confirm-remove = Eliminar: { $name }
confirm-backup = Crear nuevos códigos de respaldo
confirm-with = Demuestra que eres tú con este método: <strong>{ $method }</strong>.
confirm-send-first = Envía primero un código a <strong>{ $address }</strong> para demostrar que eres tú.

### Pages: recent activity

activity-signed-in = Inicio de sesión con tu contraseña
activity-challenged = Segundo factor solicitado
activity-sent = Código enviado
activity-send-failed = No se pudo enviar el código
activity-send-refused = No se envió ningún código: se pidieron demasiados
activity-passed = Segundo factor confirmado
activity-failed = Código o llave incorrectos
activity-locked = Bloqueo tras demasiados códigos incorrectos
activity-enrolled = Método añadido
activity-removed = Método eliminado
activity-primary-changed = Método principal cambiado
activity-backup-codes-made = Códigos de respaldo creados
activity-backup-code-used = Código de respaldo usado
activity-device-remembered = Dispositivo recordado
activity-devices-forgotten = Dispositivos olvidados
activity-reset = Restablecido por un administrador

### Pages: what a refusal offers

refusal-sign-in = Iniciar sesión de nuevo
refusal-start = Ir a la página de inicio
refusal-clear = Borrar las cookies de este sitio
refusal-request = Solicitud { $id }

### Errors

## Refusals: a title, what happened, what to do now

no-malformed-title = Esta solicitud no se puede transmitir
no-cookies-next = Estas cookies se han quitado de tu navegador. Inicia sesión de nuevo; si vuelve a aparecer esta página, borra las cookies de este sitio.
no-next-back = Vuelve atrás e inténtalo de nuevo.
no-next-again = Vuelve a intentarlo.
no-next-moment = Vuelve a intentarlo dentro de un momento.
no-next-tell = Vuelve a intentarlo o avisa a tu administrador.
no-moment-title = Un momento
no-bad-request-title = Esta solicitud no se puede leer
no-bad-request = Lo que llegó estaba incompleto o no era HTTP.
no-too-slow-title = Esto ha tardado demasiado
no-too-slow = El resto de lo que enviaste no llegó a tiempo.
no-too-slow-next = Vuelve a enviarlo.
no-too-large-title = Esto es demasiado grande
no-too-large = Lo que enviaste es más grande de lo que admite este sitio.
no-too-large-next = Envía algo más pequeño o consulta a tu administrador.
no-busy = Este sitio está recibiendo más solicitudes de las que puede atender a la vez.
no-wrong-host-title = No hay ninguna aplicación en esta dirección
no-wrong-host = La pasarela no ofrece ninguna aplicación con este nombre de host.
no-wrong-host-next = Comprueba la dirección.
no-old-terms-title = Vuelve a conectarte
no-old-terms = Lo que este sitio exige de una conexión ha cambiado desde que se abrió la tuya.
no-old-terms-next = Vuelve a cargar la página.
no-send-again-title = Un paso más antes de enviarlo
no-send-again = Lo que enviaste no ha llegado a su destino. Confirma tu segundo factor, vuelve atrás y envíalo de nuevo.
no-send-again-next = Continúa con el segundo factor.
no-denied-title = Esta página está cerrada
no-denied = El administrador te ha cerrado el acceso a esta página.
no-denied-next = Vuelve a la página de inicio.
no-sign-in-first-title = Primero inicia sesión
no-sign-in-first = No has iniciado sesión, así que esto no se ha transmitido.
no-sign-in-first-next = Inicia sesión y vuelve a enviarlo.
no-upgrade-title = Confirma primero tu segundo factor
no-upgrade = Esta conexión necesita una sesión verificada.
no-upgrade-next = Inicia sesión y confirma tu segundo factor.
no-login-in-progress-title = Hay un inicio de sesión en curso
no-login-in-progress = Otro inicio de sesión desde este navegador va camino de la aplicación.
no-login-in-progress-next = Espera un momento y vuelve a intentarlo.
no-another-account-title = Hay una sesión iniciada con otra cuenta
no-another-account = El inicio de sesión con otra cuenta no se ha transmitido porque en este navegador hay una sesión verificada abierta.
# “Usar otra cuenta” is a button of the page (page-another-account).
no-another-account-next = Elige «Usar otra cuenta» y vuelve a iniciar sesión.
no-login-elsewhere-title = Aquí no se inicia sesión
no-login-elsewhere = Se enviaron un nombre y una contraseña a una dirección que no consta como página de inicio de sesión, así que no se han transmitido.
no-login-elsewhere-next = Inicia sesión en la página propia del sitio. Para administradores: añade esta dirección a login_paths o una fuente de confirmación.
no-sent-back-title = No has iniciado sesión
no-sent-back = La aplicación te ha devuelto al inicio de sesión. Puede que el nombre o la contraseña no fueran correctos.
no-memory = La pasarela no puede acceder a su memoria, así que no sabe de quién es esta sesión.
no-probe = La aplicación no ha dicho con claridad de quién es esta sesión.
no-directory = Ahora no se puede consultar la lista de usuarios, así que nadie puede iniciar sesión.
no-down-title = No se puede acceder a la aplicación
no-down = La aplicación que hay detrás de esta página no responde.
no-slow-title = La aplicación tarda demasiado
no-slow = La aplicación que hay detrás de esta página no respondió a tiempo.
no-broke-title = La aplicación se ha interrumpido
no-broke = La respuesta de la aplicación no se puede transmitir.
no-answer-too-large-title = La respuesta de la aplicación no se puede transmitir
no-answer-too-large = La aplicación respondió con más cabeceras de las que se pueden aceptar.
no-answer-too-large-next = Avisa a tu administrador; a menudo la causa son muchas cookies antiguas.
no-user-changed-title = Ahora hay otra cuenta con la sesión iniciada
no-user-changed = La aplicación indica una cuenta distinta de la que confirmó el segundo factor, así que su respuesta se ha retenido.
no-user-changed-next = Inicia sesión de nuevo.
no-user-unknown-title = Tu cuenta no consta aquí
no-user-unknown = La aplicación te dejó entrar, pero el directorio de la pasarela no conoce esta cuenta, así que no se puede comprobar su segundo factor.
no-user-unknown-next = Pide a tu administrador que te añada.
no-disagreement-title = El inicio de sesión no coincide
no-disagreement = Según la aplicación, la cuenta que ha iniciado sesión no es la que escribiste.
no-disagreement-next = Inicia sesión de nuevo con tu propio nombre de usuario.
no-undecided-title = El resultado del inicio de sesión no está claro
no-undecided = No se entiende la respuesta de la aplicación a tu inicio de sesión, así que no se ha abierto la sesión.

## Requests that can be read in two ways

odd-address = La dirección de esta página se puede leer de dos maneras, así que no se transmite.
odd-cookie = Tu navegador envió la cookie de sesión de la aplicación de dos maneras, y no se puede saber cuál vale.
odd-cookies-unreadable = Las cookies de esta solicitud no se pueden leer.
odd-form = El formulario enviado se puede leer de dos maneras, así que no se transmite.
odd-header-twice = Una cabecera que solo puede aparecer una vez se envió dos veces.
odd-host = La cabecera Host de esta solicitud falta o no se puede leer.
odd-length = La longitud de esta solicitud se puede leer de dos maneras.
odd-no-proxy = Esto no es un proxy de reenvío.
odd-no-trace = TRACE no está permitido aquí.
odd-method = Este método no se admite aquí.
odd-only-chunked = Como Transfer-Encoding solo se acepta `chunked`.
odd-only-websockets = De esta manera solo se pueden abrir WebSockets.
odd-session-in-address = La dirección lleva una sesión o un token. Activa las cookies e inicia sesión con ellas.
odd-session-in-form = El formulario enviado lleva una sesión o un token. Activa las cookies e inicia sesión con ellas.
odd-head-too-large = Tu navegador envió más cookies, o una dirección más larga, de lo que admite este sitio.
odd-user-from-proxy = El proxy que hay delante de este sitio indicó el usuario de dos maneras, así que esto no se transmite.
odd-user-name = El nombre de usuario de este inicio de sesión se puede leer de dos maneras, así que no se transmite.
odd-login-body = Este tipo de contenido no sirve para iniciar sesión.
odd-login-compressed = Un contenido comprimido no sirve para iniciar sesión ni como formulario.
odd-login-in-address = Los campos de un inicio de sesión van en el cuerpo de la solicitud, no en la dirección.
odd-login-too-large = Esto es demasiado grande para ser un inicio de sesión.
odd-login-way = No se pueden enviar así un nombre y una contraseña.

## The gate's own pages

own-not-found-title = Esta página no existe
own-not-found = La pasarela no tiene ninguna página en esta dirección.
own-wrong-method-title = Esto no funciona aquí
own-wrong-method = Esta página de la pasarela espera otro método HTTP.
own-not-for-scripts-title = Esta página es para personas
own-not-for-scripts = Los scripts usan la API de la pasarela.
own-cross-site-title = Esto vino de otro sitio
own-cross-site = Abre la propia página e inténtalo de nuevo.
own-json-only-title = Solo JSON
own-json-only = Envía JSON con Content-Type: application/json.
own-too-large = Las páginas de la pasarela solo admiten formularios cortos.
own-no-json-title = Esto no se puede leer
own-no-json = El contenido no es JSON.
own-stale-title = Esta página está desactualizada
own-stale = Vuelve atrás, recarga la página e inténtalo de nuevo.
own-verify-first-title = Primero el segundo factor

## Challenge, enrolment, settings

flow-title = No ha funcionado
flow-code-wrong = { $left ->
    [one] El código no es correcto. Compruébalo y vuelve a intentarlo; te queda un intento.
   *[other] El código no es correcto. Compruébalo y vuelve a intentarlo; te quedan { $left } intentos.
}
flow-code-expired = El código es demasiado antiguo. Pide otro.
flow-code-used = El código ya se usó. Pide otro o espera al próximo código de tu app.
flow-locked-title = Demasiados códigos incorrectos
flow-locked = Se han escrito demasiados códigos incorrectos para tu cuenta.
flow-sends-title = Demasiados códigos
flow-too-many-sends = Se han enviado demasiados códigos. Usa el último o vuelve a intentarlo más tarde.
flow-resend-wait = Se acaba de enviar un código. Espera un poco antes de pedir otro.
flow-unknown-method = Este método no está configurado en tu cuenta. Elige otro.
flow-sends-nothing = Este método muestra él mismo los códigos; no se envía nada.
flow-not-allowed = Lo que abriste requiere otro método. Elige uno de la lista.
flow-key-refused = Tu llave no ha sido aceptada. Vuelve a intentarlo o usa otro método.
flow-key-cloned = Esta llave ha sido rechazada: puede que exista una copia. Usa otro método y avisa a tu administrador.
flow-code-required = Este cambio requiere un código. Envía uno de este método o de otro más seguro.
flow-no-session-title = Tu sesión ha terminado
flow-no-session = Tu sesión ha terminado. Vuelve a la aplicación e inicia sesión de nuevo.
flow-no-session-next = Vuelve a la aplicación e inicia sesión de nuevo.
flow-verify-first = Confirma primero tu segundo factor.
flow-needs-invite-title = Tu cuenta necesita un segundo factor
flow-needs-invite = Tu cuenta no tiene ningún segundo factor configurado. Pide a tu administrador que te permita configurar uno.
flow-needs-invite-next = Tu administrador puede restablecer tu cuenta o invitarte.
flow-already-active = Este método ya está configurado.
flow-nothing-to-confirm = No hay nada que confirmar. Empieza de nuevo a configurar el método.
flow-last-method = Este es tu único método. Añade otro antes de eliminarlo.
flow-from-directory = Tu organización configuró este método; no se puede eliminar aquí.
flow-backup-off = Los códigos de respaldo están desactivados aquí.
flow-regeneration-off = Aquí no se pueden crear nuevos códigos de respaldo. Consulta a tu administrador.
flow-unavailable = La pasarela no puede acceder ahora a su memoria. Vuelve a intentarlo dentro de un momento.
flow-yubico-away = Ahora no se puede comprobar tu YubiKey. Vuelve a intentarlo dentro de un momento o usa otro método.
flow-go-on = { $what } Podrás continuar dentro de { $span } ({ $when }).
flow-instead = { $what } Puedes usar esto en su lugar: { $method }.

## Why a message was not sent

trouble-recipient = La dirección o el número que consta para ti no puede recibir mensajes. Pide a tu administrador que lo corrija o usa otro método.
trouble-opted-out = Tu teléfono se ha dado de baja de estos mensajes. Responde START al último o usa otro método.
trouble-setup = No se pudo enviar el mensaje con tu código. Avisa a tu administrador o usa otro método.
trouble-later = Ahora no se pudo enviar el mensaje con tu código. Vuelve a intentarlo dentro de un momento o usa otro método.
trouble-unknown = No es seguro que se haya enviado el mensaje con tu código. Si no llega en un minuto, pide otro o usa otro método.

## Answers of the API

api-second-factor-title = Se requiere el segundo factor
api-second-factor = Confirma tu segundo factor y vuelve a enviar esto.
api-code-sent = Se ha enviado el código.
api-touch-key = Toca tu llave.
api-touch-yubikey = Toca tu YubiKey y confirma con lo que escriba.
api-removed = Se ha eliminado el método.
api-primary-changed = Se ha cambiado el método principal.

### Methods

method-email = Correo electrónico
method-sms = SMS
method-app = App de autenticación
method-yubikey = YubiKey
method-webauthn = Llave de acceso o de seguridad
method-backup = Código de respaldo

### Messages

## The e-mail with a code

mail-subject = Tu código de verificación
mail-code = { $code } es tu código de verificación de { $brand } ({ $host }).
mail-code-below = Tu código de verificación de <strong>{ $brand }</strong> ({ $host }):
mail-works-once = { $minutes ->
    [one] Sirve una sola vez, durante { $minutes } minuto, en el navegador donde estás iniciando sesión.
   *[other] Sirve una sola vez, durante { $minutes } minutos, en el navegador donde estás iniciando sesión.
}
mail-asked-by = Solicitado por { $user } el { $when }
mail-asked-from = desde { $network }, { $browser }
mail-not-you = Si no has sido tú, alguien conoce tu contraseña: no le des el código a nadie y cambia tu contraseña ahora mismo.

## The e-mail about a change

notice-added = Se ha añadido un segundo factor: { $method }
notice-removed = Se ha eliminado un segundo factor: { $method }
notice-backup-used = { $left ->
    [one] Se ha usado un código de respaldo, queda { $left }
   *[other] Se ha usado un código de respaldo, quedan { $left }
}
notice-opening = { $what }. Es sobre tu cuenta { $user } en { $brand } ({ $host }).
notice-account = Tu cuenta { $user } en <strong>{ $brand }</strong> ({ $host }).
notice-when = Cuándo: { $when }
notice-from = Desde: { $network }, { $browser }
notice-from-small = desde { $network }, { $browser }
notice-not-you = Si has sido tú, no tienes que hacer nada. Si no, puede que alguien haya entrado en tu cuenta: cambia tu contraseña y avisa a tu administrador ahora mismo.

## Text messages

# Without the accent on purpose: an ó would halve what fits into one message.
sms-code-brand = { $code } es tu codigo de { $brand }.
sms-code = { $code } es tu codigo.
