# Japanese. The pattern is en.ftl.

language-name = 日本語

### Dates and times

moment = { $year }/{ $month }/{ $day } { $hour }:{ $minute } UTC
span-minutes = { $minutes ->
   *[other] { $minutes }分
}
span-seconds = { $seconds ->
   *[other] { $seconds }秒
}

### Pages

page-error-title = エラー：{ $title }
page-moment = { $when }
page-signed-in-as = <strong>{ $user }</strong>としてログイン中
page-another-account = 別のアカウントを使う
page-trouble = お困りですか？
page-language = 言語：
page-something-else = ほかの方法を使う
page-continue = 続ける
page-confirm = 確認
page-copied = コピーしました
page-back-to-settings = 設定に戻る
page-code-label = コード
page-yubikey-label = YubiKeyにタッチ
page-code-sent = <strong>{ $address }</strong>にコードを送信しました。
page-code-comes = コードは<strong>{ $address }</strong>に届きます。
page-code-works-for = 有効時間はあと<strong>{ $time }</strong>です。
page-code-over = コードの有効期限が切れました。新しいコードを送信してください。
page-send-first = コードを送信
page-send-again = 新しいコードを送信
page-send-wait = 新しいコードの送信まであと<strong>{ $time }</strong>
page-no-script = ブラウザでキーを使うにはJavaScriptが必要ですが、オフになっています。オンにするか、ほかの方法を使ってください。
page-key-unable = このブラウザではキーを使えません。ほかの方法を使ってください。
page-key-known = このキーはすでに登録されています。別のキーを使ってください。
page-key-silent = キーが時間内に応答しなかったか、操作がキャンセルされました。もう一度試すか、ほかの方法を使ってください。

### Pages: the challenge

challenge-title = あと1ステップです
challenge-title-again = ご本人であることの確認
challenge-title-locked = コードの間違いが多すぎます
challenge-opens-app = 確認が済むと<strong>{ $app }</strong>が開きます。
challenge-opens-page = 確認が済むと{ $app }の<strong>{ $path }</strong>が開きます。
challenge-opens-methods = 確認が済むと<strong>{ $app }</strong>へのログイン方法を変更できます。
challenge-app = 認証アプリを開き、<strong>{ $brand }</strong>のコードを入力してください。
challenge-key = パスキーまたはセキュリティキーを使ってください。
challenge-yubikey = 入力欄を選んでYubiKeyにタッチすると、パスワードが自動で入力されます。
challenge-backup = バックアップコードを1つ入力してください。各コードは1回だけ使えます。
challenge-use-key = キーを使う
challenge-remember = { $days ->
   *[other] このデバイスでは{ $days }日間確認しない
}
challenge-no-code = コードはまだ送信されていません。下のボタンから送信してください。
challenge-unsent = 2要素認証が済んでいなかったため、送信内容はアプリに届いていません。認証のあとで、もう一度送信してください。
challenge-lock-left = 残り時間：<strong>{ $time }</strong>
challenge-locked-help = それまでは誰も試せないため、コードを推測していた人も止められます。心当たりがない場合は、誰かがあなたのパスワードを知っています。パスワードを変更し、管理者に知らせてください。
challenge-try-again = もう一度試す
challenge-why = この画面が表示される理由
challenge-why-first = パスワードは推測されたり盗まれたりするおそれがあるため、{ $brand }はパスワードだけでは開けません。この2つ目のステップで、ご本人であることを確認します。
challenge-why-again = 前回の2要素認証から時間がたちました。ほかの人があなたのデバイスでこのページを開けないように、もう一度確認しています。
challenge-why-stronger = このページは決められた認証方法でのみ開けます。ここには、使える方法が表示されています。
challenge-why-changes = ほかの人に変更されないように、ログイン方法を変更する前にご本人であることを確認します。

### Pages: setting up a method

enrol-title = 2要素認証の設定
enrol-lead = ご本人であることを確認する方法を選んでください。
enrol-first = { $brand }は、パスワードだけでは開けなくなりました。パスワードと併用する方法を選んでください。1分ほどで終わり、あとから変更できます。
enrol-nothing = これ以上設定できるものはありません。
enrol-recommended = おすすめ
enrol-set-up = { $method }を設定
enrol-why-key = 指紋、顔、セキュリティキーを使って、ワンタッチで確認できます。だまし取られる心配がありません。
enrol-why-yubikey = USBポートに挿した小さなキーにタッチすると、パスワードが入力されます。
enrol-why-app = スマートフォンのアプリに、30秒ごとに新しいコードが表示されます。通信は不要です。
enrol-why-message = 毎回、<strong>{ $address }</strong>にコードが届きます。
enrol-something-else = ほかの方法を選ぶ
enrol-app-title = 認証アプリの設定
enrol-app-have = 認証アプリを用意する
enrol-app-which = どのアプリでもかまいません（Aegis、Google Authenticator、Microsoft Authenticator、お使いのパスワードマネージャーなど）。
enrol-app-scan = アプリで読み取る
enrol-app-open = アプリで開く
enrol-app-secret = または、このシークレットキーをアプリに入力してください。表示されるのは今回だけです。
enrol-app-copy = シークレットキーをコピー
enrol-app-code = アプリに表示されたコードを入力する
enrol-app-again = アプリに今表示されているコードを入力してください。
enrol-app-anew = 新しいシークレットキーでやり直す
enrol-code-title = コードで確認
enrol-key-title = パスキーまたはセキュリティキーの追加
enrol-key-lead = このデバイスの画面ロック、スマートフォン、またはセキュリティキーを使うよう、ブラウザが案内します。
enrol-yubikey-title = YubiKeyの追加
enrol-yubikey-lead = 2つ目の入力欄を選んでYubiKeyにタッチすると、パスワードが自動で入力されます。
enrol-name = 名前
enrol-name-hint = ほかのものと区別するための名前です（例：「自分のスマホ」「青いキー」）。
enrol-add-it = 追加
enrol-done-title = 完了しました
enrol-done = { $method }を設定しました。

### Pages: backup codes

backup-title = バックアップコード
backup-lead = ほかの方法が使えないときに、各コードを1回だけ使えます。表示されるのは今回だけなので、安全な場所に保管してください。
backup-copy = コピー
backup-save = ファイルに保存
backup-print = 印刷
backup-file = { $brand }のバックアップコード（ユーザー：{ $user }）。各コードは1回だけ使えます。
backup-next = 今後の流れ
backup-next-time = ログインの際、パスワードのあとに2要素認証を行います。
backup-next-lost = 認証に使うものをなくした場合は、バックアップコードでログインし、新しく設定してください。
backup-kept = 保管しました

### Pages: settings

settings-title = 2要素認証
settings-primary = 優先
settings-make-primary = 優先にする
settings-make-primary-named = 優先にする：{ $name }
settings-remove = 削除
settings-remove-named = { $name }を削除
settings-from-directory = 組織によって設定されています
settings-add = 認証方法を追加
settings-backup = バックアップコード
settings-backup-left = { $count ->
    [0] 未使用のコードは{ $count }個です。新しく作成してください。
   *[other] 未使用のコードは{ $count }個です。
}
settings-backup-new = 新しく作成（古いコードは使えなくなります）
settings-devices = 記憶したデバイス
settings-devices-count = { $count ->
   *[other] { $count }台のデバイスで2要素認証を省略しています。
}
settings-devices-forget = すべて解除
settings-activity = 最近のアクティビティ
settings-activity-hint = 心当たりのない操作がありますか？パスワードを変更し、管理者に知らせてください。
settings-back = { $brand }に戻る
settings-done-enrolled = { $method }を追加しました。これから使えます。
settings-done-removed = { $method }を削除しました。
settings-done-primary = 今後は{ $method }を最初に表示します。
settings-done-devices = すべてのデバイスで、再び2要素認証が必要になりました。
confirm-remove = { $name }を削除
confirm-backup = 新しいバックアップコードを作成
confirm-with = <strong>{ $method }</strong>で、ご本人であることを確認してください。
confirm-send-first = ご本人であることを確認するため、まず<strong>{ $address }</strong>にコードを送信してください。

### Pages: recent activity

activity-signed-in = パスワードでログイン
activity-challenged = 2要素認証を要求
activity-sent = コードを送信
activity-send-failed = コードを送信できませんでした
activity-send-refused = コードを送信せず：リクエストが多すぎます
activity-passed = 2要素認証に成功
activity-failed = コードまたはキーが不正
activity-locked = コードの間違いが多くロック
activity-enrolled = 認証方法を追加
activity-removed = 認証方法を削除
activity-primary-changed = 優先する認証方法を変更
activity-backup-codes-made = バックアップコードを作成
activity-backup-code-used = バックアップコードを使用
activity-device-remembered = デバイスを記憶
activity-devices-forgotten = 記憶したデバイスを解除
activity-reset = 管理者がリセット

### Pages: what a refusal offers

refusal-sign-in = ログインし直す
refusal-start = トップページへ
refusal-clear = このサイトのCookieを消去
refusal-request = リクエスト { $id }

### Errors

## Refusals: a title, what happened, what to do now

no-malformed-title = このリクエストは転送できません
no-cookies-next = 該当するCookieをブラウザから削除しました。ログインし直してください。この画面がまた表示される場合は、このサイトのCookieを消去してください。
no-next-back = 前の画面に戻って、もう一度お試しください。
no-next-again = もう一度お試しください。
no-next-moment = しばらくしてから、もう一度お試しください。
no-next-tell = もう一度試すか、管理者に知らせてください。
no-moment-title = しばらくお待ちください
no-bad-request-title = このリクエストは読み取れません
no-bad-request = 届いた内容が不完全か、HTTPではありませんでした。
no-too-slow-title = 時間がかかりすぎました
no-too-slow = 送信内容の残りが時間内に届きませんでした。
no-too-slow-next = もう一度送信してください。
no-too-large-title = サイズが大きすぎます
no-too-large = 送信内容が、このサイトで受け付けられるサイズを超えています。
no-too-large-next = サイズを小さくして送信するか、管理者にお問い合わせください。
no-busy = このサイトにアクセスが集中していて、応答できません。
no-wrong-host-title = このアドレスにアプリはありません
no-wrong-host = このホスト名で提供されているアプリはありません。
no-wrong-host-next = アドレスを確認してください。
no-old-terms-title = 接続し直してください
no-old-terms = 接続を開いたあとで、このサイトが接続に求める条件が変わりました。
no-old-terms-next = ページを再読み込みしてください。
no-send-again-title = 送信する前に、あと1ステップあります
no-send-again = 送信内容はアプリに届いていません。2要素認証を済ませ、前の画面に戻ってもう一度送信してください。
no-send-again-next = 2要素認証に進んでください。
no-denied-title = このページは開けません
no-denied = 管理者により、このページへのアクセスが制限されています。
no-denied-next = トップページに戻ってください。
no-sign-in-first-title = 先にログインしてください
no-sign-in-first = ログインしていないため、送信内容はアプリに届いていません。
no-sign-in-first-next = ログインしてから、もう一度送信してください。
no-upgrade-title = 先に2要素認証を済ませてください
no-upgrade = この接続には、認証済みのセッションが必要です。
no-upgrade-next = ログインして、2要素認証を済ませてください。
no-login-in-progress-title = ログインの処理中です
no-login-in-progress = このブラウザからの別のログインを、アプリで処理しています。
no-login-in-progress-next = しばらく待ってから、もう一度お試しください。
no-another-account-title = 別のユーザーとしてログインしています
no-another-account = このブラウザには認証済みのセッションがあるため、別のユーザーとしてのログインは転送されませんでした。
# "別のアカウントを使う" is a button of the page (page-another-account).
no-another-account-next = 「別のアカウントを使う」を選んでから、ログインし直してください。
no-login-elsewhere-title = ここではログインできません
no-login-elsewhere = ログインページとして登録されていないアドレスに名前とパスワードが送信されたため、転送されませんでした。
no-login-elsewhere-next = サイトのログインページからログインしてください。管理者の方は、このアドレスをlogin_pathsに追加するか、確認用のソースを追加してください。
no-sent-back-title = ログインできていません
no-sent-back = アプリからログイン画面に戻されました。名前またはパスワードが間違っている可能性があります。
no-memory = ゲートがデータにアクセスできないため、誰のセッションか確認できません。
no-probe = 誰のセッションか、アプリの応答からはっきり確認できませんでした。
no-directory = 現在ユーザーの一覧を参照できないため、誰もログインできません。
no-down-title = アプリに接続できません
no-down = このページのアプリが応答していません。
no-slow-title = アプリの応答に時間がかかっています
no-slow = このページのアプリが時間内に応答しませんでした。
no-broke-title = アプリの応答が途切れました
no-broke = アプリの応答を表示できません。
no-answer-too-large-title = アプリの応答を表示できません
no-answer-too-large = アプリの応答のヘッダーが多すぎます。
no-answer-too-large-next = 管理者に知らせてください。古いCookieがたまっていることが、よくある原因です。
no-user-changed-title = 別のユーザーとしてログインした状態になっています
no-user-changed = アプリが示すユーザーが、2要素認証を済ませたユーザーと異なるため、応答を表示していません。
no-user-changed-next = ログインし直してください。
no-user-unknown-title = このアカウントは登録されていません
no-user-unknown = アプリにはログインできましたが、ゲートのユーザー一覧にこのアカウントがないため、2要素認証を確認できません。
no-user-unknown-next = 管理者に登録を依頼してください。
no-disagreement-title = ログイン情報が一致しません
no-disagreement = 入力したユーザーとは別のユーザーがログインしていると、アプリが応答しました。
no-disagreement-next = ご自身のユーザー名でログインし直してください。
no-undecided-title = ログインの結果を判断できません
no-undecided = ログインに対するアプリの応答を解釈できないため、ログインしていません。

## Requests that can be read in two ways

odd-address = このページのアドレスは2通りに解釈できるため、転送されません。
odd-cookie = ブラウザがアプリのセッションCookieを2通りに送信したため、どちらが有効か判断できません。
odd-cookies-unreadable = このリクエストのCookieを読み取れません。
odd-form = 送信されたフォームは2通りに解釈できるため、転送されません。
odd-header-twice = 1回しか使えないヘッダーが2回送信されました。
odd-host = このリクエストのHostがないか、読み取れません。
odd-length = このリクエストの長さは2通りに解釈できます。
odd-no-proxy = これはフォワードプロキシではありません。
odd-no-trace = ここではTRACEを使えません。
odd-method = このメソッドには対応していません。
odd-only-chunked = Transfer-Encodingとして使えるのは`chunked`だけです。
odd-only-websockets = この方法で開けるのはWebSocketだけです。
odd-session-in-address = アドレスにセッションまたはトークンが含まれています。代わりに、Cookieを有効にしてログインしてください。
odd-session-in-form = 送信されたフォームにセッションまたはトークンが含まれています。代わりに、Cookieを有効にしてログインしてください。
odd-head-too-large = ブラウザが送信したCookieが多すぎるか、アドレスが長すぎます。
odd-user-from-proxy = このサイトの前にあるプロキシが、ユーザーを2通りに示したため、転送されません。
odd-user-name = このログインのユーザー名は2通りに解釈できるため、転送されません。
odd-login-body = この形式の本文ではログインできません。
odd-login-compressed = 圧縮された本文は、ログインにもフォームにも使えません。
odd-login-in-address = ログインの項目は、アドレスではなく本文で送信する必要があります。
odd-login-too-large = ログインの内容として大きすぎます。
odd-login-way = この方法では名前とパスワードを送信できません。

## The gate's own pages

own-not-found-title = ページが見つかりません
own-not-found = このアドレスに、ゲートのページはありません。
own-wrong-method-title = この操作はできません
own-wrong-method = このゲートのページには、別のHTTPメソッドが必要です。
own-not-for-scripts-title = このページは人が使うためのものです
own-not-for-scripts = スクリプトからは、ゲートのAPIを使ってください。
own-cross-site-title = 別のサイトからのリクエストです
own-cross-site = ページを直接開いて、もう一度お試しください。
own-json-only-title = JSONのみ受け付けます
own-json-only = Content-Type: application/json でJSONを送信してください。
own-too-large = ゲートのページで受け付けられるのは、短いフォームだけです。
own-no-json-title = 読み取れません
own-no-json = 本文がJSONではありません。
own-stale-title = このページは最新ではありません
own-stale = 前の画面に戻り、ページを再読み込みしてからもう一度お試しください。
own-verify-first-title = 先に2要素認証が必要です

## Challenge, enrolment, settings

flow-title = うまくいきませんでした
flow-code-wrong = { $left ->
   *[other] コードが正しくありません。確認してもう一度お試しください。あと{ $left }回試せます。
}
flow-code-expired = このコードは期限切れです。新しいコードを送信してください。
flow-code-used = このコードは使用済みです。新しいコードを送信するか、アプリに次のコードが表示されるまでお待ちください。
flow-locked-title = コードの間違いが多すぎます
flow-locked = このアカウントで、間違ったコードが何度も入力されました。
flow-sends-title = コードの送信が多すぎます
flow-too-many-sends = コードの送信回数が多すぎます。最後に届いたコードを使うか、時間をおいてお試しください。
flow-resend-wait = コードは先ほど送信されました。少し待ってから、次のコードを送信してください。
flow-unknown-method = この認証方法は、このアカウントでは設定されていません。ほかの方法を選んでください。
flow-sends-nothing = この方法ではコードがその場で表示されるため、何も送信されません。
flow-not-allowed = 開こうとしたページには、ほかの認証方法が必要です。一覧から選んでください。
flow-key-refused = キーを確認できませんでした。もう一度試すか、ほかの方法を使ってください。
flow-key-cloned = このキーは複製されているおそれがあるため、使用できません。ほかの方法を使い、管理者に知らせてください。
flow-code-required = この変更にはコードが必要です。この方法、またはより強力な方法でコードを送信してください。
flow-no-session-title = ログインの有効期限が切れました
flow-no-session = ログインの有効期限が切れました。アプリに戻ってログインし直してください。
flow-no-session-next = アプリに戻ってログインし直してください。
flow-verify-first = 先に2要素認証を済ませてください。
flow-needs-invite-title = このアカウントには2要素認証が必要です
flow-needs-invite = このアカウントでは2要素認証が設定されていません。設定できるように、管理者に依頼してください。
flow-needs-invite-next = 管理者は、アカウントのリセットや招待を行えます。
flow-already-active = この認証方法はすでに設定されています。
flow-nothing-to-confirm = 確認するものがありません。設定を最初からやり直してください。
flow-last-method = これが唯一の認証方法です。削除する前に、ほかの方法を追加してください。
flow-from-directory = この認証方法は組織が設定したものです。ここでは削除できません。
flow-backup-off = ここではバックアップコードを使えません。
flow-regeneration-off = ここでは新しいバックアップコードを作成できません。管理者にお問い合わせください。
flow-unavailable = 現在、ゲートがデータにアクセスできません。しばらくしてから、もう一度お試しください。
flow-yubico-away = 現在、YubiKeyを確認できません。しばらくしてからもう一度試すか、ほかの方法を使ってください。
flow-go-on = { $what }{ $span }後（{ $when }）に続行できます。
flow-instead = { $what }代わりに次の方法を使えます：{ $method }

## Why a message was not sent

trouble-recipient = 登録されているアドレスまたは番号では、メッセージを受信できません。管理者に修正を依頼するか、ほかの方法を使ってください。
trouble-opted-out = お使いの電話番号は、このメッセージの配信を停止しています。最後のメッセージにSTARTと返信するか、ほかの方法を使ってください。
trouble-setup = コードのメッセージを送信できませんでした。管理者に知らせるか、ほかの方法を使ってください。
trouble-later = 現在、コードのメッセージを送信できません。しばらくしてからもう一度試すか、ほかの方法を使ってください。
trouble-unknown = コードのメッセージが送信されたかどうか確認できません。1分以内に届かない場合は、もう一度送信するか、ほかの方法を使ってください。

## Answers of the API

api-second-factor-title = 2要素認証が必要です
api-second-factor = 2要素認証を済ませてから、もう一度送信してください。
api-code-sent = コードを送信しました。
api-touch-key = キーにタッチしてください。
api-touch-yubikey = YubiKeyにタッチし、入力された内容で確認してください。
api-removed = 認証方法を削除しました。
api-primary-changed = 優先する認証方法を変更しました。

### Methods

method-email = メール
method-sms = SMS
method-app = 認証アプリ
method-yubikey = YubiKey
method-webauthn = パスキーまたはセキュリティキー
method-backup = バックアップコード

### Messages

## The e-mail with a code

mail-subject = 確認コードのお知らせ
mail-code = { $code } は{ $brand }（{ $host }）の確認コードです。
mail-code-below = <strong>{ $brand }</strong>（{ $host }）の確認コード：
mail-works-once = { $minutes ->
   *[other] ログイン中のブラウザで、{ $minutes }分以内に1回だけ使えます。
}
mail-asked-by = リクエスト：{ $user }（{ $when }）
mail-asked-from = リクエスト元：{ $network }、{ $browser }
mail-not-you = 心当たりがない場合は、誰かがあなたのパスワードを知っています。コードを誰にも教えず、すぐにパスワードを変更してください。

## The e-mail about a change

notice-added = 2要素認証の方法が追加されました：{ $method }
notice-removed = 2要素認証の方法が削除されました：{ $method }
notice-backup-used = { $left ->
   *[other] バックアップコードが使用されました（残り{ $left }個）
}
notice-opening = { $what }。対象は{ $brand }（{ $host }）のアカウント{ $user }です。
notice-account = <strong>{ $brand }</strong>（{ $host }）のアカウント：{ $user }
notice-when = 日時：{ $when }
notice-from = 操作元：{ $network }、{ $browser }
notice-from-small = 操作元：{ $network }、{ $browser }
notice-not-you = ご自身の操作であれば、何もする必要はありません。心当たりがない場合は、誰かがアカウントに侵入しているおそれがあります。すぐにパスワードを変更し、管理者に知らせてください。

## Text messages

sms-code-brand = { $code } は{ $brand }の確認コードです。
sms-code = { $code } は確認コードです。
