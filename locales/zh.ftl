# Chinese (simplified). The pattern is en.ftl.

language-name = 简体中文

### Dates and times

moment = { $year }-{ $month }-{ $day } { $hour }:{ $minute } UTC
span-minutes = { $minutes ->
   *[other] { $minutes } 分钟
}
span-seconds = { $seconds ->
   *[other] { $seconds } 秒
}

### Pages

page-error-title = 错误：{ $title }
page-moment = { $when }
page-signed-in-as = 当前账号：<strong>{ $user }</strong>
page-another-account = 使用其他账号
page-trouble = 遇到问题？
page-language = 语言：
page-something-else = 使用其他方式
page-continue = 继续
page-confirm = 确认
page-copied = 已复制
page-back-to-settings = 返回设置
page-code-label = 验证码
page-yubikey-label = 触摸您的 YubiKey
page-code-sent = 验证码已发送至 <strong>{ $address }</strong>。
page-code-comes = 验证码将发送至 <strong>{ $address }</strong>。
page-code-works-for = 剩余有效时间：<strong>{ $time }</strong>。
page-code-over = 验证码已过期，请重新发送。
page-send-first = 发送验证码
page-send-again = 重新发送验证码
page-send-wait = <strong>{ $time }</strong> 后可重新发送。
page-no-script = 浏览器需要 JavaScript 才能使用密钥，但此处已将其关闭。请将其开启，或使用其他方式。
page-key-unable = 此浏览器无法使用密钥，请使用其他方式。
page-key-known = 此密钥已添加过，请换一个。
page-key-silent = 密钥未及时响应，或者您已取消操作。请重试，或使用其他方式。

### Pages: the challenge

challenge-title = 还差一步
challenge-title-again = 请验证您的身份
challenge-title-locked = 验证码错误次数过多
challenge-opens-app = 验证后将打开 <strong>{ $app }</strong>。
challenge-opens-page = 验证后将在 { $app } 中打开 <strong>{ $path }</strong>。
challenge-opens-methods = 验证后即可更改 <strong>{ $app }</strong> 的登录方式。
challenge-app = 请打开身份验证器应用，输入 <strong>{ $brand }</strong> 的验证码。
challenge-key = 请使用您的通行密钥或安全密钥。
challenge-yubikey = 将光标置于输入框中，然后触摸 YubiKey，它会自动输入密码。
challenge-backup = 请输入一个备用验证码。每个只能使用一次。
challenge-use-key = 使用我的密钥
challenge-remember = { $days ->
   *[other] { $days } 天内在此设备上不再询问
}
challenge-no-code = 验证码尚未发送，请在下方发送。
challenge-unsent = 由于您尚未完成二次验证，刚才提交的内容没有送达。请在验证后重新提交。
challenge-lock-left = 剩余时间：<strong>{ $time }</strong>
challenge-locked-help = 在此之前任何人都无法再试，猜测验证码的人也会被挡住。如果不是您本人操作，说明有人知道您的密码：请更改密码并告知管理员。
challenge-try-again = 重试
challenge-why = 为什么会看到此页面？
challenge-why-first = 密码可能被猜到或盗取，因此仅凭密码无法打开 { $brand }。这一步用来确认是您本人。
challenge-why-again = 距离您上次完成二次验证已有一段时间。此页面需要再次验证，以免他人在您的设备上打开它。
challenge-why-stronger = 此页面只能通过特定的验证方式打开。这里显示的是您可以使用的方式。
challenge-why-changes = 在您更改登录方式之前，我们会先确认是您本人，以免被他人更改。

### Pages: setting up a method

enrol-title = 设置二次验证
enrol-lead = 请选择验证身份的方式。
enrol-first = 现在仅凭密码已无法打开 { $brand }。请选择一种与密码配合使用的方式：只需一分钟，以后可以更改。
enrol-nothing = 没有其他可设置的方式了。
enrol-recommended = 推荐
enrol-set-up = 设置{ $method }
enrol-why-key = 用指纹、面容或安全密钥，轻触一下即可。不会被人骗走。
enrol-why-yubikey = 插在 USB 接口上的小巧密钥，触摸即可输入密码。
enrol-why-app = 手机上的应用每半分钟显示一个新验证码，无需联网。
enrol-why-message = 每次都会向 <strong>{ $address }</strong> 发送验证码。
enrol-something-else = 选择其他方式
enrol-app-title = 设置身份验证器应用
enrol-app-have = 准备一个身份验证器应用
enrol-app-which = 任何一款都可以，例如 Aegis、Google Authenticator、Microsoft Authenticator 或您的密码管理器。
enrol-app-scan = 用该应用扫描二维码
enrol-app-open = 在我的应用中打开
enrol-app-secret = 或者在应用中输入此设置密钥。它仅在此时显示。
enrol-app-copy = 复制设置密钥
enrol-app-code = 输入应用显示的验证码
enrol-app-again = 请输入应用当前显示的验证码。
enrol-app-anew = 用新的设置密钥重新开始
enrol-code-title = 用验证码确认
enrol-key-title = 添加通行密钥或安全密钥
enrol-key-lead = 浏览器会提示您使用此设备的屏幕锁定、您的手机或安全密钥。
enrol-yubikey-title = 添加 YubiKey
enrol-yubikey-lead = 将光标置于第二个输入框中，然后触摸 YubiKey，它会自动输入密码。
enrol-name = 名称
enrol-name-hint = 便于与其他密钥区分，例如“我的手机”“蓝色密钥”。
enrol-add-it = 添加
enrol-done-title = 设置完成
enrol-done = 已设置{ $method }。

### Pages: backup codes

backup-title = 您的备用验证码
backup-lead = 无法使用其他方式时，每个备用验证码可使用一次。请妥善保存，它们仅在此时显示。
backup-copy = 复制
backup-save = 存为文件
backup-print = 打印
backup-file = { $brand } 的备用验证码（用户：{ $user }）。每个只能使用一次。
backup-next = 接下来
backup-next-time = 登录时，输入密码后还需完成二次验证。
backup-next-lost = 如果丢失了验证工具，可用备用验证码登录，然后重新设置。
backup-kept = 我已保存

### Pages: settings

settings-title = 二次验证
settings-primary = 首选
settings-make-primary = 设为首选
settings-make-primary-named = 设为首选：{ $name }
settings-remove = 移除
settings-remove-named = 移除：{ $name }
settings-from-directory = 由您的组织设置
settings-add = 添加验证方式
settings-backup = 备用验证码
settings-backup-left = { $count ->
    [0] 还剩 { $count } 个未使用，请生成新的。
   *[other] 还剩 { $count } 个未使用。
}
settings-backup-new = 生成新的备用验证码（旧的将失效）
settings-devices = 已记住的设备
settings-devices-count = { $count ->
   *[other] { $count } 台设备无需二次验证。
}
settings-devices-forget = 全部清除
settings-activity = 近期活动
settings-activity-hint = 有不是您本人的操作？请更改密码并告知管理员。
settings-back = 返回 { $brand }
settings-done-enrolled = 已添加{ $method }，现在即可使用。
settings-done-removed = 已移除{ $method }。
settings-done-primary = 今后将首先使用{ $method }。
settings-done-devices = 所有设备将重新需要二次验证。
confirm-remove = 移除：{ $name }
confirm-backup = 生成新的备用验证码
confirm-with = 请使用<strong>{ $method }</strong>验证您的身份。
confirm-send-first = 请先向 <strong>{ $address }</strong> 发送验证码，以验证您的身份。

### Pages: recent activity

activity-signed-in = 已用密码登录
activity-challenged = 已要求二次验证
activity-sent = 已发送验证码
activity-send-failed = 验证码发送失败
activity-send-refused = 未发送验证码：请求次数过多
activity-passed = 已通过二次验证
activity-failed = 验证码或密钥错误
activity-locked = 验证码错误次数过多，已锁定
activity-enrolled = 已添加验证方式
activity-removed = 已移除验证方式
activity-primary-changed = 已更改首选方式
activity-backup-codes-made = 已生成备用验证码
activity-backup-code-used = 已使用备用验证码
activity-device-remembered = 已记住设备
activity-devices-forgotten = 已清除记住的设备
activity-reset = 已由管理员重置

### Pages: what a refusal offers

refusal-sign-in = 重新登录
refusal-start = 前往首页
refusal-clear = 清除此网站的 Cookie
refusal-request = 请求 { $id }

### Errors

## Refusals: a title, what happened, what to do now

no-malformed-title = 无法转发此请求
no-cookies-next = 这些 Cookie 已从您的浏览器中移除。请重新登录；如果再次看到此页面，请清除此网站的 Cookie。
no-next-back = 请返回并重试。
no-next-again = 请重试。
no-next-moment = 请稍后重试。
no-next-tell = 请重试，或告知管理员。
no-moment-title = 请稍候
no-bad-request-title = 无法读取此请求
no-bad-request = 收到的内容不完整，或不是 HTTP。
no-too-slow-title = 用时过长
no-too-slow = 您发送的其余内容未及时到达。
no-too-slow-next = 请重新发送。
no-too-large-title = 内容过大
no-too-large = 您发送的内容超出了此网站的限制。
no-too-large-next = 请发送较小的内容，或联系管理员。
no-busy = 此网站收到的请求过多，一时无法全部处理。
no-wrong-host-title = 此地址没有应用
no-wrong-host = 网关没有使用此主机名的应用。
no-wrong-host-next = 请检查地址。
no-old-terms-title = 请重新连接
no-old-terms = 自您建立连接以来，本站对连接的要求已更改。
no-old-terms-next = 请重新加载页面。
no-send-again-title = 提交前还差一步
no-send-again = 您提交的内容没有送达。请完成二次验证，然后返回并重新提交。
no-send-again-next = 请继续完成二次验证。
no-denied-title = 此页面已关闭
no-denied = 管理员已禁止您访问此页面。
no-denied-next = 请返回首页。
no-sign-in-first-title = 请先登录
no-sign-in-first = 您尚未登录，因此内容没有送达。
no-sign-in-first-next = 请登录，然后重新提交。
no-upgrade-title = 请先完成二次验证
no-upgrade = 此连接需要已验证的会话。
no-upgrade-next = 请登录并完成二次验证。
no-login-in-progress-title = 正在登录
no-login-in-progress = 此浏览器的另一个登录请求正在处理中。
no-login-in-progress-next = 请稍候再试。
no-another-account-title = 您已登录其他账号
no-another-account = 此浏览器中已有一个经过验证的会话，因此另一账号的登录请求没有送达。
# "使用其他账号" is a button of the page (page-another-account).
no-another-account-next = 请选择“使用其他账号”，然后重新登录。
no-login-elsewhere-title = 此处无法登录
no-login-elsewhere = 用户名和密码被发送到了未登记为登录页面的地址，因此没有送达。
no-login-elsewhere-next = 请在网站的登录页面登录。管理员：请将此地址加入 login_paths，或添加用于确认的来源。
no-sent-back-title = 您尚未登录
no-sent-back = 应用要求您重新登录，可能是用户名或密码有误。
no-memory = 网关无法访问其数据，因此无法确认这是谁的会话。
no-probe = 应用没有明确说明这是谁的会话。
no-directory = 目前无法查询用户列表，因此任何人都无法登录。
no-down-title = 无法连接应用
no-down = 此页面所属的应用没有响应。
no-slow-title = 应用响应过慢
no-slow = 此页面所属的应用未及时响应。
no-broke-title = 应用的响应中断
no-broke = 无法转发应用的响应。
no-answer-too-large-title = 无法转发应用的响应
no-answer-too-large = 应用响应中的标头过多，无法接收。
no-answer-too-large-next = 请告知管理员；常见原因是积累了许多旧 Cookie。
no-user-changed-title = 当前登录的是其他账号
no-user-changed = 应用显示的用户与完成二次验证的用户不同，因此其响应已被拦截。
no-user-changed-next = 请重新登录。
no-user-unknown-title = 此处没有您的账号
no-user-unknown = 应用已允许您登录，但网关的用户目录中没有此账号，因此无法进行二次验证。
no-user-unknown-next = 请联系管理员添加您的账号。
no-disagreement-title = 登录信息不一致
no-disagreement = 应用显示的登录用户与您输入的不同。
no-disagreement-next = 请使用您自己的用户名重新登录。
no-undecided-title = 无法判断登录结果
no-undecided = 无法理解应用对登录请求的响应，因此您尚未登录。

## Requests that can be read in two ways

odd-address = 此页面的地址可以有两种解读，因此没有转发。
odd-cookie = 浏览器以两种方式发送了应用的会话 Cookie，无法判断哪一个有效。
odd-cookies-unreadable = 无法读取此请求的 Cookie。
odd-form = 提交的表单可以有两种解读，因此没有转发。
odd-header-twice = 只能出现一次的标头被发送了两次。
odd-host = 此请求缺少 Host，或无法读取。
odd-length = 此请求的长度可以有两种解读。
odd-no-proxy = 这不是正向代理。
odd-no-trace = 此处不允许使用 TRACE。
odd-method = 此处不支持该方法。
odd-only-chunked = Transfer-Encoding 仅接受 `chunked`。
odd-only-websockets = 此方式只能用于打开 WebSocket。
odd-session-in-address = 地址中包含会话或令牌。请启用 Cookie 并重新登录。
odd-session-in-form = 提交的表单中包含会话或令牌。请启用 Cookie 并重新登录。
odd-head-too-large = 浏览器发送的 Cookie 过多或地址过长，超出了此网站的限制。
odd-user-from-proxy = 此网站前端的代理给出的用户有两种解读，因此没有转发。
odd-user-name = 此次登录的用户名可以有两种解读，因此没有转发。
odd-login-body = 不能用这种类型的正文登录。
odd-login-compressed = 压缩的正文不能用于登录，也不能作为表单提交。
odd-login-in-address = 登录字段应放在正文中，而不是地址中。
odd-login-too-large = 内容过大，不可能是登录请求。
odd-login-way = 不能以这种方式发送用户名和密码。

## The gate's own pages

own-not-found-title = 没有此页面
own-not-found = 网关在此地址没有页面。
own-wrong-method-title = 此操作在这里无效
own-wrong-method = 网关的此页面需要使用其他 HTTP 方法。
own-not-for-scripts-title = 此页面仅供用户访问
own-not-for-scripts = 脚本请使用网关的 API。
own-cross-site-title = 此请求来自其他网站
own-cross-site = 请直接打开该页面，然后重试。
own-json-only-title = 仅接受 JSON
own-json-only = 请使用 Content-Type: application/json 发送 JSON。
own-too-large = 网关的页面仅接受简短的表单。
own-no-json-title = 无法读取
own-no-json = 正文不是 JSON。
own-stale-title = 此页面已过期
own-stale = 请返回，刷新页面，然后重试。
own-verify-first-title = 请先完成二次验证

## Challenge, enrolment, settings

flow-title = 操作未成功
flow-code-wrong = { $left ->
   *[other] 验证码不正确。请检查后重试，还可尝试 { $left } 次。
}
flow-code-expired = 此验证码已过期，请重新获取。
flow-code-used = 此验证码已使用过。请重新获取，或等待应用显示下一个验证码。
flow-locked-title = 验证码错误次数过多
flow-locked = 您的账号输入错误验证码的次数过多。
flow-sends-title = 验证码发送过多
flow-too-many-sends = 发送的验证码过多。请使用最近收到的一个，或稍后重试。
flow-resend-wait = 验证码刚刚发送。请稍等片刻再重新获取。
flow-unknown-method = 您的账号未设置此验证方式，请选择其他方式。
flow-sends-nothing = 此方式会直接显示验证码，无需发送。
flow-not-allowed = 您打开的内容需要使用其他验证方式，请从列表中选择。
flow-key-refused = 密钥未通过验证。请重试，或使用其他方式。
flow-key-cloned = 此密钥已被拒绝：它可能存在副本。请使用其他方式，并告知管理员。
flow-code-required = 此更改需要验证码。请用此方式或更安全的方式发送验证码。
flow-no-session-title = 登录已失效
flow-no-session = 您的登录已失效。请返回应用并重新登录。
flow-no-session-next = 请返回应用并重新登录。
flow-verify-first = 请先完成二次验证。
flow-needs-invite-title = 您的账号需要二次验证
flow-needs-invite = 您的账号尚未设置二次验证。请联系管理员允许您进行设置。
flow-needs-invite-next = 管理员可以为您重置账号或发送邀请。
flow-already-active = 此验证方式已设置。
flow-nothing-to-confirm = 没有需要确认的内容。请重新开始设置。
flow-last-method = 这是您唯一的验证方式。请先添加其他方式，再将其移除。
flow-from-directory = 此验证方式由您的组织设置，无法在此移除。
flow-backup-off = 此处未启用备用验证码。
flow-regeneration-off = 无法在此生成新的备用验证码，请联系管理员。
flow-unavailable = 网关暂时无法访问其数据，请稍后重试。
flow-yubico-away = 暂时无法验证您的 YubiKey。请稍后重试，或使用其他方式。
flow-go-on = { $what }您可以在 { $span }后（{ $when }）继续。
flow-instead = { $what }您可以改用：{ $method }。

## Why a message was not sent

trouble-recipient = 您登记的地址或号码无法接收消息。请联系管理员更正，或使用其他方式。
trouble-opted-out = 您的手机已退订此类消息。请回复最近一条消息 START，或使用其他方式。
trouble-setup = 验证码消息发送失败。请告知管理员，或使用其他方式。
trouble-later = 暂时无法发送验证码消息。请稍后重试，或使用其他方式。
trouble-unknown = 无法确定验证码消息是否已发送。如果一分钟内没有收到，请重新获取，或使用其他方式。

## Answers of the API

api-second-factor-title = 需要二次验证
api-second-factor = 请完成二次验证，然后重新发送。
api-code-sent = 验证码已发送。
api-touch-key = 请触摸您的密钥。
api-touch-yubikey = 请触摸您的 YubiKey，并用它输入的内容进行确认。
api-removed = 已移除验证方式。
api-primary-changed = 已更改首选验证方式。

### Methods

method-email = 电子邮件
method-sms = 短信
method-app = 身份验证器应用
method-yubikey = YubiKey
method-webauthn = 通行密钥或安全密钥
method-backup = 备用验证码

### Messages

## The e-mail with a code

mail-subject = 您的验证码
mail-code = { $code } 是您的 { $brand }（{ $host }）验证码。
mail-code-below = 您的 <strong>{ $brand }</strong>（{ $host }）验证码：
mail-works-once = { $minutes ->
   *[other] 请在您正在登录的浏览器中使用，{ $minutes } 分钟内有效，仅限一次。
}
mail-asked-by = 请求者：{ $user }，{ $when }
mail-asked-from = 来源：{ $network }，{ $browser }
mail-not-you = 如果不是您本人操作，说明有人知道您的密码：请勿将验证码告诉任何人，并立即更改密码。

## The e-mail about a change

notice-added = 已添加二次验证方式：{ $method }
notice-removed = 已移除二次验证方式：{ $method }
notice-backup-used = { $left ->
   *[other] 已使用一个备用验证码，还剩 { $left } 个
}
notice-opening = { $what }。涉及您在 { $brand }（{ $host }）的账号 { $user }。
notice-account = 您在 <strong>{ $brand }</strong>（{ $host }）的账号：{ $user }
notice-when = 时间：{ $when }
notice-from = 来源：{ $network }，{ $browser }
notice-from-small = 来源：{ $network }，{ $browser }
notice-not-you = 如果是您本人操作，则无需理会。如果不是，可能有人进入了您的账号：请立即更改密码并告知管理员。

## Text messages

sms-code-brand = { $code } 是您的 { $brand } 验证码。
sms-code = { $code } 是您的验证码。
