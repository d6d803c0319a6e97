# Portuguese. The pattern is en.ftl.

language-name = Português

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

page-error-title = Erro: { $title }
page-moment = { $when }
page-signed-in-as = Sessão iniciada como <strong>{ $user }</strong>
page-another-account = Usar outra conta
page-trouble = Algum problema?
page-language = Idioma:
page-something-else = Usar outro método
page-continue = Continuar
page-confirm = Confirmar
page-copied = Copiado
page-back-to-settings = Voltar às configurações
page-code-label = Código
page-yubikey-label = Toque na sua YubiKey
page-code-sent = Enviamos um código para <strong>{ $address }</strong>.
page-code-comes = O código chegará a <strong>{ $address }</strong>.
page-code-works-for = Expira dentro de <strong>{ $time }</strong>.
page-code-over = O código expirou. Peça um novo.
page-send-first = Enviar o código
page-send-again = Enviar um novo código
page-send-wait = Poderá pedir um novo dentro de <strong>{ $time }</strong>.
page-no-script = As chaves só funcionam com JavaScript, que está desativado aqui. Ative-o ou use outro método.
page-key-unable = Este navegador não aceita chaves. Use outro método.
page-key-known = Esta chave já está configurada. Use outra.
page-key-silent = A chave não respondeu a tempo ou a operação foi cancelada. Tente novamente ou use outro método.

### Pages: the challenge

challenge-title = Só mais um passo
challenge-title-again = Confirme a sua identidade
challenge-title-locked = Códigos errados demais
challenge-opens-app = Depois, <strong>{ $app }</strong> vai abrir.
challenge-opens-page = Depois, <strong>{ $path }</strong> vai abrir em { $app }.
challenge-opens-methods = Depois, poderá alterar a forma como inicia sessão em <strong>{ $app }</strong>.
challenge-app = Abra o seu app autenticador e digite o código de <strong>{ $brand }</strong>.
challenge-key = Use a sua chave de acesso ou chave de segurança.
challenge-yubikey = Coloque o cursor no campo e toque na sua YubiKey: ela digita sozinha uma senha de uso único.
challenge-backup = Digite um dos seus códigos de backup. Cada um serve uma vez.
challenge-use-key = Usar a minha chave
challenge-remember = { $days ->
    [one] Não perguntar de novo neste dispositivo durante { $days } dia
   *[other] Não perguntar de novo neste dispositivo durante { $days } dias
}
challenge-no-code = Nenhum código está a caminho. Peça um abaixo.
challenge-unsent = O que foi enviado não seguiu adiante, porque o segundo fator ainda não estava confirmado. Envie novamente depois deste passo.
challenge-lock-left = Tempo restante: <strong>{ $time }</strong>
challenge-locked-help = Até lá, ninguém pode tentar: quem tentava adivinhar foi bloqueado. Se não foi você, alguém sabe a sua senha: altere-a e avise o administrador.
challenge-try-again = Tentar novamente
challenge-why = Por que vejo esta página?
challenge-why-first = A senha sozinha não abre { $brand }, porque pode ser adivinhada ou roubada. Este segundo passo mostra que é mesmo você.
challenge-why-again = O segundo fator foi confirmado há algum tempo. Esta página volta a pedi-lo para que mais ninguém possa abri-la no seu dispositivo.
challenge-why-stronger = Esta página só abre com certos métodos. Aqui aparecem os que pode usar.
challenge-why-changes = Antes de alterar a forma como inicia sessão, confirmamos que é mesmo você, para que mais ninguém possa fazer isso.

### Pages: setting up a method

enrol-title = Adicione um segundo fator
enrol-lead = Escolha como quer confirmar a sua identidade.
enrol-first = A senha sozinha já não abre { $brand }. Escolha o que quer usar além dela: leva um minuto, e pode mudar mais tarde.
enrol-nothing = Não há mais nada para configurar.
enrol-recommended = recomendado
enrol-set-up = Configurar: { $method }
enrol-why-key = Um só gesto, com a impressão digital, o rosto ou uma chave de segurança. Ninguém consegue roubá-lo com um truque.
enrol-why-yubikey = Uma pequena chave na porta USB digita uma senha de uso único quando é tocada.
enrol-why-app = Um app no telefone mostra um novo código a cada 30 segundos. Não precisa de rede.
enrol-why-message = A cada vez, chega um código a <strong>{ $address }</strong>.
enrol-something-else = Escolher outro método
enrol-app-title = Configure o seu app autenticador
enrol-app-have = Tenha um app autenticador
enrol-app-which = Qualquer um serve, por exemplo Aegis, Google Authenticator, Microsoft Authenticator ou o seu gerenciador de senhas.
enrol-app-scan = Leia este código com o app
enrol-app-open = Abrir no meu app
enrol-app-secret = Ou digite esta chave secreta no app. Ela só é mostrada agora.
enrol-app-copy = Copiar a chave secreta
enrol-app-code = Digite o código que o app mostra
enrol-app-again = Digite o código que o seu app mostra agora.
enrol-app-anew = Recomeçar com uma nova chave secreta
enrol-code-title = Confirme com um código
enrol-key-title = Adicione uma chave de acesso ou de segurança
enrol-key-lead = O navegador vai pedir o desbloqueio deste dispositivo, o seu telefone ou uma chave de segurança.
enrol-yubikey-title = Adicione uma YubiKey
enrol-yubikey-lead = Coloque o cursor no segundo campo e toque na sua YubiKey: ela digita sozinha uma senha de uso único.
enrol-name = Um nome para a chave
enrol-name-hint = Para distinguir de outras: “Meu telefone”, “Chave azul”.
enrol-add-it = Adicionar
enrol-done-title = Pronto
enrol-done = Configuração concluída: { $method }.

### Pages: backup codes

backup-title = Os seus códigos de backup
backup-lead = Cada um serve uma vez, quando não puder usar os outros métodos. Guarde-os em lugar seguro: só são mostrados agora.
backup-copy = Copiar
backup-save = Guardar em um arquivo
backup-print = Imprimir
backup-file = Códigos de backup de { $user } para { $brand }. Cada um serve uma vez.
backup-next = O que acontece agora
backup-next-time = Ao iniciar sessão, pediremos o segundo fator depois da senha.
backup-next-lost = Se o perder, um código de backup permite entrar; depois, configure um novo.
backup-kept = Já os guardei

### Pages: settings

settings-title = O seu segundo fator
settings-primary = principal
settings-make-primary = Tornar principal
settings-make-primary-named = Tornar principal: { $name }
settings-remove = Remover
settings-remove-named = Remover: { $name }
settings-from-directory = Configurado pela sua organização
settings-add = Adicionar um método
settings-backup = Códigos de backup
settings-backup-left = { $count ->
    [0] { $count } códigos por usar: crie novos.
    [one] { $count } código por usar.
   *[other] { $count } códigos por usar.
}
settings-backup-new = Criar novos (os antigos deixam de funcionar)
settings-devices = Dispositivos lembrados
settings-devices-count = { $count ->
    [one] Em { $count } dispositivo, o segundo fator não é pedido.
   *[other] Em { $count } dispositivos, o segundo fator não é pedido.
}
settings-devices-forget = Esquecer todos
settings-activity = Atividade recente
settings-activity-hint = Há algo aqui que não foi feito por você? Altere a sua senha e avise o administrador.
settings-back = Voltar a { $brand }
settings-done-enrolled = Método adicionado: { $method }. Já pode usá-lo.
settings-done-removed = Método removido: { $method }.
settings-done-primary = A partir de agora, vem primeiro: { $method }.
settings-done-devices = O segundo fator volta a ser pedido em todos os dispositivos.
confirm-remove = Remover: { $name }
confirm-backup = Criar novos códigos de backup
confirm-with = Confirme a sua identidade com este método: <strong>{ $method }</strong>.
confirm-send-first = Primeiro, envie um código para <strong>{ $address }</strong> e confirme a sua identidade.

### Pages: recent activity

activity-signed-in = Sessão iniciada com a senha
activity-challenged = Segundo fator pedido
activity-sent = Código enviado
activity-send-failed = Não foi possível enviar o código
activity-send-refused = Nenhum código enviado: pedidos demais
activity-passed = Segundo fator confirmado
activity-failed = Código ou chave errados
activity-locked = Bloqueio após códigos errados demais
activity-enrolled = Método adicionado
activity-removed = Método removido
activity-primary-changed = Método principal alterado
activity-backup-codes-made = Códigos de backup criados
activity-backup-code-used = Código de backup usado
activity-device-remembered = Dispositivo lembrado
activity-devices-forgotten = Dispositivos esquecidos
activity-reset = Redefinido por um administrador

### Pages: what a refusal offers

refusal-sign-in = Iniciar sessão novamente
refusal-start = Ir para a página inicial
refusal-clear = Limpar os cookies deste site
refusal-request = Solicitação { $id }

### Errors

## Refusals: a title, what happened, what to do now

no-malformed-title = Esta solicitação não pode ser encaminhada
no-cookies-next = Estes cookies foram retirados do navegador. Inicie sessão novamente; se esta página voltar, limpe os cookies deste site.
no-next-back = Volte e tente novamente.
no-next-again = Tente novamente.
no-next-moment = Tente novamente daqui a pouco.
no-next-tell = Tente novamente ou avise o administrador.
no-moment-title = Um momento
no-bad-request-title = Esta solicitação não pode ser lida
no-bad-request = O que chegou estava incompleto ou não era HTTP.
no-too-slow-title = Isto demorou demais
no-too-slow = O resto do que foi enviado não chegou a tempo.
no-too-slow-next = Envie novamente.
no-too-large-title = Isto é grande demais
no-too-large = O que foi enviado é maior do que este site aceita.
no-too-large-next = Envie algo menor ou fale com o administrador.
no-busy = Este site recebe mais solicitações do que consegue atender ao mesmo tempo.
no-wrong-host-title = Não há nenhuma aplicação neste endereço
no-wrong-host = O gateway não oferece nenhuma aplicação com este nome de host.
no-wrong-host-next = Verifique o endereço.
no-old-terms-title = Conecte novamente
no-old-terms = O que este site exige de uma conexão mudou desde que a sua foi aberta.
no-old-terms-next = Recarregue a página.
no-send-again-title = Só mais um passo antes do envio
no-send-again = O que foi enviado não seguiu adiante. Confirme o segundo fator, volte e envie novamente.
no-send-again-next = Continue para o segundo fator.
no-denied-title = Esta página está fechada
no-denied = O administrador fechou o seu acesso a esta página.
no-denied-next = Volte à página inicial.
no-sign-in-first-title = Primeiro, inicie sessão
no-sign-in-first = A sessão não está iniciada, por isso nada foi encaminhado.
no-sign-in-first-next = Inicie sessão e envie novamente.
no-upgrade-title = Primeiro, confirme o segundo fator
no-upgrade = Este acesso exige uma sessão verificada.
no-upgrade-next = Inicie sessão e confirme o segundo fator.
no-login-in-progress-title = Há um início de sessão em curso
no-login-in-progress = Outro início de sessão deste navegador está a caminho da aplicação.
no-login-in-progress-next = Espere um momento e tente novamente.
no-another-account-title = Há outra conta com sessão iniciada
no-another-account = O início de sessão com outra conta não foi encaminhado, porque há uma sessão verificada aberta neste navegador.
# “Usar outra conta” is a button of the page (page-another-account).
no-another-account-next = Escolha “Usar outra conta” e inicie sessão novamente.
no-login-elsewhere-title = Não é aqui que se inicia sessão
no-login-elsewhere = Um nome e uma senha foram enviados para um endereço que não é conhecido como página de início de sessão, por isso não foram encaminhados.
no-login-elsewhere-next = Inicie sessão na página própria do site. Para administradores: inclua este endereço em login_paths ou adicione uma fonte de confirmação.
no-sent-back-title = A sessão não foi iniciada
no-sent-back = A aplicação mandou de volta para o início de sessão. Talvez o nome ou a senha estejam errados.
no-memory = O gateway não tem acesso à sua memória, por isso não sabe de quem é esta sessão.
no-probe = A aplicação não disse claramente de quem é esta sessão.
no-directory = A lista de contas não pode ser consultada agora, por isso ninguém pode iniciar sessão.
no-down-title = A aplicação está inacessível
no-down = A aplicação por trás desta página não responde.
no-slow-title = A aplicação demora demais
no-slow = A aplicação por trás desta página não respondeu a tempo.
no-broke-title = A aplicação interrompeu a resposta
no-broke = A resposta da aplicação não pode ser encaminhada.
no-answer-too-large-title = A resposta da aplicação não pode ser encaminhada
no-answer-too-large = A aplicação respondeu com mais cabeçalhos do que se pode aceitar.
no-answer-too-large-next = Avise o administrador; muitas vezes a causa são muitos cookies antigos.
no-user-changed-title = Agora há outra conta com sessão iniciada
no-user-changed = A aplicação indica uma conta diferente da que confirmou o segundo fator, por isso a resposta foi retida.
no-user-changed-next = Inicie sessão novamente.
no-user-unknown-title = A sua conta não é conhecida aqui
no-user-unknown = A aplicação aceitou o início de sessão, mas o diretório do gateway não conhece esta conta, por isso não é possível verificar o segundo fator dela.
no-user-unknown-next = Peça ao administrador que adicione a sua conta.
no-disagreement-title = O início de sessão não confere
no-disagreement = Segundo a aplicação, a conta com sessão iniciada não é a que foi digitada.
no-disagreement-next = Inicie sessão novamente com o nome da sua própria conta.
no-undecided-title = O resultado do início de sessão não está claro
no-undecided = Não foi possível entender a resposta da aplicação, por isso a sessão não foi iniciada.

## Requests that can be read in two ways

odd-address = O endereço desta página pode ser lido de duas formas, por isso não é encaminhado.
odd-cookie = O navegador enviou o cookie de sessão da aplicação de duas formas, e não é possível saber qual deles vale.
odd-cookies-unreadable = Os cookies desta solicitação não podem ser lidos.
odd-form = O formulário enviado pode ser lido de duas formas, por isso não é encaminhado.
odd-header-twice = Um cabeçalho que só pode aparecer uma vez foi enviado duas vezes.
odd-host = O cabeçalho Host desta solicitação falta ou não pode ser lido.
odd-length = O tamanho desta solicitação pode ser lido de duas formas.
odd-no-proxy = Isto não é um proxy de encaminhamento.
odd-no-trace = TRACE não é permitido aqui.
odd-method = Este método não é suportado aqui.
odd-only-chunked = Como Transfer-Encoding, só se aceita `chunked`.
odd-only-websockets = Desta forma, só é possível abrir WebSockets.
odd-session-in-address = O endereço contém uma sessão ou um token. Ative os cookies e inicie sessão com eles.
odd-session-in-form = O formulário enviado contém uma sessão ou um token. Ative os cookies e inicie sessão com eles.
odd-head-too-large = O navegador enviou mais cookies, ou um endereço mais longo, do que este site aceita.
odd-user-from-proxy = O proxy à frente deste site indicou a conta de duas formas, por isso a solicitação não é encaminhada.
odd-user-name = O nome da conta neste início de sessão pode ser lido de duas formas, por isso não é encaminhado.
odd-login-body = Este tipo de conteúdo não serve para iniciar sessão.
odd-login-compressed = Um conteúdo comprimido não serve para iniciar sessão, nem como formulário.
odd-login-in-address = Os campos de um início de sessão devem ir no corpo da solicitação, não no endereço.
odd-login-too-large = Isto é grande demais para ser um início de sessão.
odd-login-way = Um nome e uma senha não podem ser enviados desta forma.

## The gate's own pages

own-not-found-title = Esta página não existe
own-not-found = O gateway não tem nenhuma página neste endereço.
own-wrong-method-title = Isto não funciona aqui
own-wrong-method = Esta página do gateway espera outro método HTTP.
own-not-for-scripts-title = Esta página é para pessoas
own-not-for-scripts = Os scripts usam a API do gateway.
own-cross-site-title = Isto veio de outro site
own-cross-site = Abra a própria página e tente novamente.
own-json-only-title = Só JSON
own-json-only = Envie JSON com Content-Type: application/json.
own-too-large = As páginas do gateway só aceitam formulários curtos.
own-no-json-title = Isto não pode ser lido
own-no-json = O conteúdo não é JSON.
own-stale-title = Esta página está desatualizada
own-stale = Volte, recarregue a página e tente novamente.
own-verify-first-title = Primeiro, o segundo fator

## Challenge, enrolment, settings

flow-title = Não funcionou
flow-code-wrong = { $left ->
    [one] O código não está certo. Verifique-o e tente novamente; resta { $left } tentativa.
   *[other] O código não está certo. Verifique-o e tente novamente; restam { $left } tentativas.
}
flow-code-expired = O código é antigo demais. Peça um novo.
flow-code-used = O código já foi usado. Peça um novo ou espere pelo próximo código do seu app.
flow-locked-title = Códigos errados demais
flow-locked = Foram digitados códigos errados demais na sua conta.
flow-sends-title = Códigos demais
flow-too-many-sends = Foram enviados códigos demais. Use o último ou tente novamente mais tarde.
flow-resend-wait = Um código acabou de ser enviado. Espere um pouco antes de pedir outro.
flow-unknown-method = Este método não está configurado na sua conta. Escolha outro.
flow-sends-nothing = Este método mostra os próprios códigos; nada é enviado.
flow-not-allowed = O que foi aberto exige outro método. Escolha um da lista.
flow-key-refused = A chave foi recusada. Tente novamente ou use outro método.
flow-key-cloned = Esta chave foi recusada: pode haver uma cópia dela. Use outro método e avise o administrador.
flow-code-required = Esta alteração exige um código. Envie um deste método ou de um mais forte.
flow-no-session-title = A sua sessão terminou
flow-no-session = A sua sessão terminou. Volte à aplicação e inicie sessão novamente.
flow-no-session-next = Volte à aplicação e inicie sessão novamente.
flow-verify-first = Primeiro, confirme o segundo fator.
flow-needs-invite-title = A sua conta precisa de um segundo fator
flow-needs-invite = A sua conta não tem nenhum segundo fator configurado. Peça ao administrador permissão para configurar um.
flow-needs-invite-next = O administrador pode redefinir a sua conta ou enviar um convite.
flow-already-active = Este método já está configurado.
flow-nothing-to-confirm = Não há nada para confirmar. Comece a configurar o método novamente.
flow-last-method = Este é o seu único método. Adicione outro antes de removê-lo.
flow-from-directory = Este método foi configurado pela sua organização; não pode ser removido aqui.
flow-backup-off = Os códigos de backup estão desativados aqui.
flow-regeneration-off = Não é possível criar novos códigos de backup aqui. Fale com o administrador.
flow-unavailable = Neste momento, o gateway não tem acesso à sua memória. Tente novamente daqui a pouco.
flow-yubico-away = Não é possível verificar a sua YubiKey agora. Tente novamente daqui a pouco ou use outro método.
flow-go-on = { $what } Poderá continuar dentro de { $span } ({ $when }).
flow-instead = { $what } Em vez disso, pode usar: { $method }.

## Why a message was not sent

trouble-recipient = O endereço ou número da sua conta não pode receber mensagens. Peça ao administrador que o corrija ou use outro método.
trouble-opted-out = O seu telefone cancelou estas mensagens. Responda START à última ou use outro método.
trouble-setup = Não foi possível enviar a mensagem com o código. Avise o administrador ou use outro método.
trouble-later = Não foi possível enviar agora a mensagem com o código. Tente novamente daqui a pouco ou use outro método.
trouble-unknown = Não é certo que a mensagem com o código tenha sido enviada. Se não chegar dentro de um minuto, peça uma nova ou use outro método.

## Answers of the API

api-second-factor-title = É necessário o segundo fator
api-second-factor = Confirme o segundo fator e envie novamente.
api-code-sent = O código foi enviado.
api-touch-key = Toque na sua chave.
api-touch-yubikey = Toque na sua YubiKey e confirme com o que ela digitar.
api-removed = O método foi removido.
api-primary-changed = O método principal foi alterado.

### Methods

method-email = E-mail
method-sms = SMS
method-app = App autenticador
method-yubikey = YubiKey
method-webauthn = Chave de acesso ou de segurança
method-backup = Código de backup

### Messages

## The e-mail with a code

mail-subject = O seu código de verificação
mail-code = { $code } é o seu código de verificação para { $brand } ({ $host }).
mail-code-below = O seu código de verificação para <strong>{ $brand }</strong> ({ $host }):
mail-works-once = { $minutes ->
    [one] Serve uma só vez, durante { $minutes } minuto, no navegador usado para iniciar sessão.
   *[other] Serve uma só vez, durante { $minutes } minutos, no navegador usado para iniciar sessão.
}
mail-asked-by = Pedido por { $user } em { $when }
mail-asked-from = de { $network }, { $browser }
mail-not-you = Se não foi você, alguém sabe a sua senha: não passe o código a ninguém e altere a senha agora mesmo.

## The e-mail about a change

notice-added = Foi adicionado um segundo fator: { $method }
notice-removed = Foi removido um segundo fator: { $method }
notice-backup-used = { $left ->
    [one] Foi usado um código de backup, resta { $left }
   *[other] Foi usado um código de backup, restam { $left }
}
notice-opening = { $what }. Trata-se da sua conta { $user } em { $brand } ({ $host }).
notice-account = A sua conta { $user } em <strong>{ $brand }</strong> ({ $host }).
notice-when = Quando: { $when }
notice-from = De: { $network }, { $browser }
notice-from-small = de { $network }, { $browser }
notice-not-you = Se foi você, não é preciso fazer nada. Se não foi, alguém pode estar na sua conta: altere a senha e avise o administrador agora mesmo.

## Text messages

# Without the accent on purpose: an ó would halve what fits into one message.
sms-code-brand = { $code } é o seu codigo de { $brand }.
sms-code = { $code } é o seu codigo.
