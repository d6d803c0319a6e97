# Ukrainian. The pattern is en.ftl.

language-name = Українська

### Dates and times

moment = { $day }.{ $month }.{ $year }, { $hour }:{ $minute } UTC
# In the accusative: these stand after «через» and «ще».
span-minutes = { $minutes ->
    [one] { $minutes } хвилину
    [few] { $minutes } хвилини
    [many] { $minutes } хвилин
   *[other] { $minutes } хвилини
}
span-seconds = { $seconds ->
    [one] { $seconds } секунду
    [few] { $seconds } секунди
    [many] { $seconds } секунд
   *[other] { $seconds } секунди
}

### Pages

page-error-title = Помилка: { $title }
page-moment = { $when }
page-signed-in-as = Ви ввійшли як <strong>{ $user }</strong>
page-another-account = Інший обліковий запис
page-trouble = Потрібна допомога?
page-language = Мова:
page-something-else = Інший спосіб
page-continue = Продовжити
page-confirm = Підтвердити
page-copied = Скопійовано
page-back-to-settings = Назад до налаштувань
page-code-label = Код
page-yubikey-label = Торкніться ключа YubiKey
page-code-sent = Ми надіслали код на <strong>{ $address }</strong>.
page-code-comes = Код надійде на <strong>{ $address }</strong>.
page-code-works-for = Він діє ще <strong>{ $time }</strong>.
page-code-over = Час дії коду минув. Надішліть новий.
page-send-first = Надіслати код
page-send-again = Надіслати новий код
page-send-wait = Новий код можна надіслати через <strong>{ $time }</strong>.
page-no-script = Браузер працює з ключами лише через JavaScript, а його тут вимкнено. Увімкніть його або скористайтеся іншим способом.
page-key-unable = Цей браузер не працює з ключами. Скористайтеся іншим способом.
page-key-known = Цей ключ уже додано. Візьміть інший.
page-key-silent = Ключ не відповів вчасно, або ви скасували дію. Спробуйте ще раз чи скористайтеся іншим способом.

### Pages: the challenge

challenge-title = Ще один крок
challenge-title-again = Підтвердьте, що це ви
challenge-title-locked = Забагато неправильних кодів
challenge-opens-app = Потім відкриється <strong>{ $app }</strong>.
challenge-opens-page = Потім у застосунку { $app } відкриється <strong>{ $path }</strong>.
challenge-opens-methods = Потім ви зможете змінити спосіб входу в <strong>{ $app }</strong>.
challenge-app = Відкрийте застосунок для автентифікації та введіть код для <strong>{ $brand }</strong>.
challenge-key = Скористайтеся ключем доступу або ключем безпеки.
challenge-yubikey = Поставте курсор у поле й торкніться ключа YubiKey: він сам уведе пароль.
challenge-backup = Введіть один зі своїх резервних кодів. Кожен діє лише один раз.
challenge-use-key = Скористатися ключем
challenge-remember = { $days ->
    [one] Не питати на цьому пристрої { $days } день
    [few] Не питати на цьому пристрої { $days } дні
    [many] Не питати на цьому пристрої { $days } днів
   *[other] Не питати на цьому пристрої { $days } дня
}
challenge-no-code = Код вам ще не надіслано. Надішліть його нижче.
challenge-unsent = Ваші дані не передано далі: ви ще не підтвердили вхід другим фактором. Надішліть їх ще раз після цього кроку.
challenge-lock-left = Залишилося: <strong>{ $time }</strong>
challenge-locked-help = До того часу ніхто не зможе спробувати, тож того, хто вгадував код, зупинено. Якщо це були не ви, хтось знає ваш пароль: змініть його та повідомте адміністратора.
challenge-try-again = Спробувати ще раз
challenge-why = Чому я це бачу?
challenge-why-first = Самого пароля для входу в { $brand } замало: його можна вгадати або вкрасти. Цей другий крок показує, що це справді ви.
challenge-why-again = Відтоді, як ви підтвердили вхід другим фактором, минув певний час. Ця сторінка просить зробити це знову, щоб ніхто інший не відкрив її на вашому пристрої.
challenge-why-stronger = Ця сторінка відкривається лише певними способами. Тут показано ті, якими можете скористатися ви.
challenge-why-changes = Перш ніж ви зміните спосіб входу, ми переконуємося, що це ви, щоб цього не зробив хтось інший.

### Pages: setting up a method

enrol-title = Додайте другий фактор
enrol-lead = Виберіть, як підтверджувати, що це ви.
enrol-first = Самого пароля для входу в { $brand } тепер замало. Виберіть, чим користуватися разом із ним: це займе хвилину, а згодом вибір можна змінити.
enrol-nothing = Більше нічого налаштовувати.
enrol-recommended = рекомендовано
enrol-set-up = Налаштувати: { $method }
enrol-why-key = Один дотик: відбиток пальця, обличчя або ключ безпеки. Його неможливо виманити.
enrol-why-yubikey = Маленький ключ у порту USB вводить пароль, коли ви його торкаєтеся.
enrol-why-app = Застосунок на телефоні показує новий код кожні пів хвилини. Інтернет йому не потрібен.
enrol-why-message = Код щоразу надходить на <strong>{ $address }</strong>.
enrol-something-else = Вибрати інший спосіб
enrol-app-title = Налаштуйте застосунок для автентифікації
enrol-app-have = Підготуйте застосунок для автентифікації
enrol-app-which = Підійде будь-який, наприклад Aegis, Google Authenticator, Microsoft Authenticator або ваш менеджер паролів.
enrol-app-scan = Відскануйте це застосунком
enrol-app-open = Відкрити в моєму застосунку
enrol-app-secret = Або введіть у застосунку цей секретний ключ. Його показано лише зараз.
enrol-app-copy = Копіювати секретний ключ
enrol-app-code = Введіть код, який показує застосунок
enrol-app-again = Введіть код, який застосунок показує зараз.
enrol-app-anew = Почати знову з новим секретним ключем
enrol-code-title = Підтвердьте кодом
enrol-key-title = Додайте ключ доступу або ключ безпеки
enrol-key-lead = Браузер запропонує скористатися блокуванням екрана, телефоном або ключем безпеки.
enrol-yubikey-title = Додайте YubiKey
enrol-yubikey-lead = Поставте курсор у друге поле й торкніться ключа YubiKey: він сам уведе пароль.
enrol-name = Назва
enrol-name-hint = Щоб відрізняти його від інших: «Мій телефон», «Синій ключ».
enrol-add-it = Додати
enrol-done-title = Готово
enrol-done = Налаштовано: { $method }.

### Pages: backup codes

backup-title = Ваші резервні коди
backup-lead = Кожен діє один раз, коли інші способи недоступні. Збережіть їх у надійному місці: їх показано лише зараз.
backup-copy = Копіювати
backup-save = Зберегти у файл
backup-print = Надрукувати
backup-file = Резервні коди для { $brand }, користувач { $user }. Кожен діє лише один раз.
backup-next = Що буде далі
backup-next-time = Під час входу, після пароля, ми проситимемо другий фактор.
backup-next-lost = Якщо ви його втратите, увійдіть за резервним кодом, а тоді налаштуйте новий.
backup-kept = Коди збережено

### Pages: settings

settings-title = Ваш другий фактор
settings-primary = основний
settings-make-primary = Зробити основним
settings-make-primary-named = Зробити основним: { $name }
settings-remove = Видалити
settings-remove-named = Видалити: { $name }
settings-from-directory = Налаштувала ваша організація
settings-add = Додати спосіб
settings-backup = Резервні коди
settings-backup-left = { $count ->
    [0] Невикористаних: { $count }. Створіть нові.
    [one] Залишився { $count } невикористаний.
    [few] Залишилося { $count } невикористані.
    [many] Залишилося { $count } невикористаних.
   *[other] Залишилося { $count } невикористаного.
}
settings-backup-new = Створити нові (старі перестануть діяти)
settings-devices = Запам’ятані пристрої
settings-devices-count = { $count ->
    [one] На { $count } пристрої другий фактор не потрібен.
    [few] На { $count } пристроях другий фактор не потрібен.
    [many] На { $count } пристроях другий фактор не потрібен.
   *[other] На { $count } пристрою другий фактор не потрібен.
}
settings-devices-forget = Забути всі
settings-activity = Останні дії
settings-activity-hint = Щось із цього робили не ви? Змініть пароль і повідомте адміністратора.
settings-back = Назад: { $brand }
settings-done-enrolled = Додано: { $method }. Відтепер цим можна користуватися.
settings-done-removed = Видалено: { $method }.
settings-done-primary = Відтепер першим пропонуватимемо: { $method }.
settings-done-devices = Усі пристрої знову проситимуть другий фактор.
confirm-remove = Видалити: { $name }
confirm-backup = Створити нові резервні коди
confirm-with = Підтвердьте, що це ви. Скористайтеся: <strong>{ $method }</strong>.
confirm-send-first = Спершу надішліть код на <strong>{ $address }</strong>, щоб підтвердити, що це ви.

### Pages: recent activity

activity-signed-in = Вхід за паролем
activity-challenged = Запит другого фактора
activity-sent = Код надіслано
activity-send-failed = Не вдалося надіслати код
activity-send-refused = Код не надіслано: забагато запитів
activity-passed = Другий фактор підтверджено
activity-failed = Неправильний код або ключ
activity-locked = Заблоковано після багатьох неправильних кодів
activity-enrolled = Спосіб додано
activity-removed = Спосіб видалено
activity-primary-changed = Основний спосіб змінено
activity-backup-codes-made = Резервні коди створено
activity-backup-code-used = Резервний код використано
activity-device-remembered = Пристрій запам’ятано
activity-devices-forgotten = Пристрої забуто
activity-reset = Скинув адміністратор

### Pages: what a refusal offers

refusal-sign-in = Увійти знову
refusal-start = На головну сторінку
refusal-clear = Видалити файли cookie цього сайту
refusal-request = Запит { $id }

### Errors

## Refusals: a title, what happened, what to do now

no-malformed-title = Цей запит неможливо передати далі
no-cookies-next = Ці файли cookie видалено з вашого браузера. Увійдіть знову; якщо ця сторінка повернеться, видаліть файли cookie цього сайту.
no-next-back = Поверніться та спробуйте ще раз.
no-next-again = Спробуйте ще раз.
no-next-moment = Спробуйте ще раз за мить.
no-next-tell = Спробуйте ще раз або повідомте адміністратора.
no-moment-title = Хвилинку
no-bad-request-title = Цей запит неможливо прочитати
no-bad-request = Дані надійшли неповні або не за протоколом HTTP.
no-too-slow-title = Це тривало задовго
no-too-slow = Решта надісланих даних не надійшла вчасно.
no-too-slow-next = Надішліть їх ще раз.
no-too-large-title = Це завелике
no-too-large = Ви надіслали більше, ніж приймає цей сайт.
no-too-large-next = Надішліть щось менше або зверніться до адміністратора.
no-busy = До цього сайту надходить більше запитів, ніж він може обробити одночасно.
no-wrong-host-title = За цією адресою немає застосунку
no-wrong-host = Для цього імені хоста шлюз не має застосунку.
no-wrong-host-next = Перевірте адресу.
no-old-terms-title = Підключіться знову
no-old-terms = Відколи ваше з’єднання було відкрито, вимоги цього сайту до з’єднань змінилися.
no-old-terms-next = Оновіть сторінку.
no-send-again-title = Ще один крок перед надсиланням
no-send-again = Ваші дані не передано далі. Підтвердьте вхід другим фактором, поверніться та надішліть їх ще раз.
no-send-again-next = Перейдіть до другого фактора.
no-denied-title = Цю сторінку закрито
no-denied = Адміністратор закрив вам доступ до цієї сторінки.
no-denied-next = Поверніться на головну сторінку.
no-sign-in-first-title = Спершу ввійдіть
no-sign-in-first = Ви не ввійшли, тож дані не передано далі.
no-sign-in-first-next = Увійдіть і надішліть їх ще раз.
no-upgrade-title = Спершу підтвердьте вхід другим фактором
no-upgrade = Для цього з’єднання потрібен підтверджений сеанс.
no-upgrade-next = Увійдіть і підтвердьте вхід другим фактором.
no-login-in-progress-title = Вхід уже триває
no-login-in-progress = Із цього браузера вже виконується інший вхід у застосунок.
no-login-in-progress-next = Зачекайте трохи та спробуйте ще раз.
no-another-account-title = Ви ввійшли як хтось інший
no-another-account = Вхід від імені іншого користувача не передано далі, бо в цьому браузері відкрито підтверджений сеанс.
# "Інший обліковий запис" is a button of the page (page-another-account).
no-another-account-next = Натисніть «Інший обліковий запис», а потім увійдіть знову.
no-login-elsewhere-title = Тут увійти не можна
no-login-elsewhere = Ім’я та пароль надіслано на адресу, яка не відома як сторінка входу, тож їх не передано далі.
no-login-elsewhere-next = Увійдіть на сторінці входу цього сайту. Адміністраторам: додайте цю адресу до login_paths або налаштуйте джерело підтвердження.
no-sent-back-title = Ви не ввійшли
no-sent-back = Застосунок повернув вас до входу. Можливо, ім’я або пароль були неправильні.
no-memory = Шлюз не має доступу до своїх даних, тож не знає, чий це сеанс.
no-probe = Застосунок не повідомив чітко, чий це сеанс.
no-directory = Список користувачів зараз недоступний, тож ніхто не може ввійти.
no-down-title = Застосунок недоступний
no-down = Застосунок, якому належить ця сторінка, не відповідає.
no-slow-title = Застосунок відповідає задовго
no-slow = Застосунок, якому належить ця сторінка, не відповів вчасно.
no-broke-title = Застосунок перервав відповідь
no-broke = Відповідь застосунку неможливо передати.
no-answer-too-large-title = Відповідь застосунку неможливо передати
no-answer-too-large = У відповіді застосунку більше заголовків, ніж можна прийняти.
no-answer-too-large-next = Повідомте адміністратора; часто причина в багатьох старих файлах cookie.
no-user-changed-title = Тепер ви ввійшли як хтось інший
no-user-changed = Застосунок називає не того користувача, який підтвердив вхід другим фактором, тож його відповідь затримано.
no-user-changed-next = Увійдіть знову.
no-user-unknown-title = Ваш обліковий запис тут не відомий
no-user-unknown = Застосунок вас впустив, але в каталозі шлюзу немає цього облікового запису, тож перевірити його другий фактор неможливо.
no-user-unknown-next = Попросіть адміністратора додати вас.
no-disagreement-title = Дані входу не збігаються
no-disagreement = Застосунок повідомляє, що ввійшов не той користувач, якого ви вказали.
no-disagreement-next = Увійдіть знову зі своїм іменем користувача.
no-undecided-title = Результат входу незрозумілий
no-undecided = Відповідь застосунку на ваш вхід неможливо зрозуміти, тож ви не ввійшли.

## Requests that can be read in two ways

odd-address = Адресу цієї сторінки можна прочитати двома способами, тож її не передано далі.
odd-cookie = Браузер надіслав файл cookie сеансу двома способами, тож незрозуміло, який із них правильний.
odd-cookies-unreadable = Файли cookie цього запиту неможливо прочитати.
odd-form = Надіслану форму можна прочитати двома способами, тож її не передано далі.
odd-header-twice = Заголовок, який може бути лише один, надіслано двічі.
odd-host = Заголовка Host у цьому запиті немає або його неможливо прочитати.
odd-length = Довжину цього запиту можна прочитати двома способами.
odd-no-proxy = Це не прямий проксі-сервер.
odd-no-trace = Метод TRACE тут заборонено.
odd-method = Цей метод тут не підтримується.
odd-only-chunked = У Transfer-Encoding приймається лише `chunked`.
odd-only-websockets = Так можна відкривати лише WebSocket.
odd-session-in-address = Адреса містить сеанс або токен. Натомість увійдіть з увімкненими файлами cookie.
odd-session-in-form = Надіслана форма містить сеанс або токен. Натомість увійдіть з увімкненими файлами cookie.
odd-head-too-large = Браузер надіслав більше файлів cookie або довшу адресу, ніж приймає цей сайт.
odd-user-from-proxy = Проксі-сервер перед цим сайтом назвав користувача двома способами, тож запит не передано далі.
odd-user-name = Ім’я користувача для цього входу можна прочитати двома способами, тож його не передано далі.
odd-login-body = З таким вмістом увійти неможливо.
odd-login-compressed = Стиснений вміст не можна використати ні для входу, ні як форму.
odd-login-in-address = Дані для входу мають бути в тілі запиту, а не в адресі.
odd-login-too-large = Для входу це завелике.
odd-login-way = Надсилати ім’я та пароль у такий спосіб не можна.

## The gate's own pages

own-not-found-title = Такої сторінки немає
own-not-found = За цією адресою шлюз не має сторінки.
own-wrong-method-title = Тут це не працює
own-wrong-method = Ця сторінка шлюзу приймає інший метод HTTP.
own-not-for-scripts-title = Ця сторінка для людей
own-not-for-scripts = Скрипти користуються API шлюзу.
own-cross-site-title = Це надійшло з іншого сайту
own-cross-site = Відкрийте саму сторінку та спробуйте ще раз.
own-json-only-title = Лише JSON
own-json-only = Надішліть JSON із заголовком Content-Type: application/json.
own-too-large = Сторінки шлюзу приймають лише короткі форми.
own-no-json-title = Це неможливо прочитати
own-no-json = Вміст не є JSON.
own-stale-title = Ця сторінка застаріла
own-stale = Поверніться, оновіть сторінку та спробуйте ще раз.
own-verify-first-title = Спершу другий фактор

## Challenge, enrolment, settings

flow-title = Не вдалося
flow-code-wrong = { $left ->
    [one] Код неправильний. Перевірте його та спробуйте ще раз; залишилася { $left } спроба.
    [few] Код неправильний. Перевірте його та спробуйте ще раз; залишилося { $left } спроби.
    [many] Код неправильний. Перевірте його та спробуйте ще раз; залишилося { $left } спроб.
   *[other] Код неправильний. Перевірте його та спробуйте ще раз; залишилося { $left } спроби.
}
flow-code-expired = Цей код уже не діє. Надішліть новий.
flow-code-used = Цей код уже використано. Надішліть новий або дочекайтеся наступного коду в застосунку.
flow-locked-title = Забагато неправильних кодів
flow-locked = Для вашого облікового запису введено забагато неправильних кодів.
flow-sends-title = Забагато кодів
flow-too-many-sends = Надіслано забагато кодів. Скористайтеся останнім або спробуйте пізніше.
flow-resend-wait = Код щойно надіслано. Трохи зачекайте, перш ніж просити інший.
flow-unknown-method = Цей спосіб не налаштовано для вашого облікового запису. Виберіть інший.
flow-sends-nothing = Цей спосіб сам показує коди; нічого надсилати не треба.
flow-not-allowed = Для цієї сторінки потрібен інший спосіб. Виберіть його зі списку.
flow-key-refused = Ключ не прийнято. Спробуйте ще раз або скористайтеся іншим способом.
flow-key-cloned = Цей ключ відхилено: можливо, існує його копія. Скористайтеся іншим способом і повідомте адміністратора.
flow-code-required = Для цієї зміни потрібен код. Надішліть його цим способом або надійнішим.
flow-no-session-title = Ваш сеанс завершився
flow-no-session = Ваш сеанс завершився. Поверніться до застосунку та ввійдіть знову.
flow-no-session-next = Поверніться до застосунку та ввійдіть знову.
flow-verify-first = Спершу підтвердьте вхід другим фактором.
flow-needs-invite-title = Вашому обліковому запису потрібен другий фактор
flow-needs-invite = Для вашого облікового запису не налаштовано другий фактор. Попросіть адміністратора дозволити вам його налаштувати.
flow-needs-invite-next = Адміністратор може скинути налаштування або надіслати вам запрошення.
flow-already-active = Цей спосіб уже налаштовано.
flow-nothing-to-confirm = Немає чого підтверджувати. Почніть налаштування знову.
flow-last-method = Це ваш єдиний спосіб. Перш ніж видалити його, додайте інший.
flow-from-directory = Цей спосіб налаштувала ваша організація; тут його не можна видалити.
flow-backup-off = Резервні коди тут вимкнено.
flow-regeneration-off = Створити нові резервні коди тут не можна. Зверніться до адміністратора.
flow-unavailable = Шлюз зараз не має доступу до своїх даних. Спробуйте ще раз за мить.
flow-yubico-away = Ваш YubiKey зараз неможливо перевірити. Спробуйте ще раз за мить або скористайтеся іншим способом.
flow-go-on = { $what } Продовжити можна через { $span } ({ $when }).
flow-instead = { $what } Натомість можна скористатися: { $method }.

## Why a message was not sent

trouble-recipient = На вашу збережену адресу чи номер не можна надсилати повідомлення. Попросіть адміністратора виправити дані або скористайтеся іншим способом.
trouble-opted-out = Ваш телефон відписано від цих повідомлень. Надішліть START у відповідь на останнє або скористайтеся іншим способом.
trouble-setup = Не вдалося надіслати повідомлення з кодом. Повідомте адміністратора або скористайтеся іншим способом.
trouble-later = Зараз не вдалося надіслати повідомлення з кодом. Спробуйте ще раз за мить або скористайтеся іншим способом.
trouble-unknown = Немає певності, що повідомлення з кодом надіслано. Якщо воно не надійде за хвилину, попросіть нове або скористайтеся іншим способом.

## Answers of the API

api-second-factor-title = Потрібен другий фактор
api-second-factor = Підтвердьте вхід другим фактором і надішліть це ще раз.
api-code-sent = Код надіслано.
api-touch-key = Торкніться ключа.
api-touch-yubikey = Торкніться ключа YubiKey та підтвердьте тим, що він уведе.
api-removed = Спосіб видалено.
api-primary-changed = Основний спосіб змінено.

### Methods

method-email = Електронна пошта
method-sms = SMS
method-app = Застосунок для автентифікації
method-yubikey = YubiKey
method-webauthn = Ключ доступу або ключ безпеки
method-backup = Резервний код

### Messages

## The e-mail with a code

mail-subject = Ваш код підтвердження
mail-code = { $code } — ваш код підтвердження для { $brand } ({ $host }).
mail-code-below = Ваш код підтвердження для <strong>{ $brand }</strong> ({ $host }):
mail-works-once = { $minutes ->
    [one] Він діє один раз, { $minutes } хвилину, у браузері, в якому ви входите.
    [few] Він діє один раз, { $minutes } хвилини, у браузері, в якому ви входите.
    [many] Він діє один раз, { $minutes } хвилин, у браузері, в якому ви входите.
   *[other] Він діє один раз, { $minutes } хвилини, у браузері, в якому ви входите.
}
mail-asked-by = Запит надіслав користувач { $user }, { $when },
mail-asked-from = з адреси { $network }, { $browser }
mail-not-you = Якщо це були не ви, хтось знає ваш пароль: нікому не передавайте код і негайно змініть пароль.

## The e-mail about a change

notice-added = Додано другий фактор: { $method }
notice-removed = Видалено другий фактор: { $method }
notice-backup-used = { $left ->
    [one] Використано резервний код, залишився { $left }
    [few] Використано резервний код, залишилося { $left }
    [many] Використано резервний код, залишилося { $left }
   *[other] Використано резервний код, залишилося { $left }
}
notice-opening = { $what }. Це стосується вашого облікового запису { $user } у { $brand } ({ $host }).
notice-account = Ваш обліковий запис { $user } у <strong>{ $brand }</strong> ({ $host }).
notice-when = Коли: { $when }
notice-from = Звідки: { $network }, { $browser }
notice-from-small = з адреси { $network }, { $browser }
notice-not-you = Якщо це були ви, нічого робити не треба. Якщо ні, хтось може мати доступ до вашого облікового запису: негайно змініть пароль і повідомте адміністратора.

## Text messages

sms-code-brand = { $code } — ваш код для { $brand }.
sms-code = { $code } — ваш код.
