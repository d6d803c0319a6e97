# Arabic. The pattern is en.ftl.

language-name = العربية

### Dates and times

# No Arabic letter stands here: so the moment as a whole goes from left to right inside a sentence.
moment = { $day }/{ $month }/{ $year } { $hour }:{ $minute } UTC
# In the genitive: these stand after «بعد» and «لمدة».
span-minutes = { $minutes ->
    [zero] { $minutes } دقيقة
    [one] { $minutes } دقيقة
    [two] { $minutes } دقيقة
    [few] { $minutes } دقائق
    [many] { $minutes } دقيقة
   *[other] { $minutes } دقيقة
}
span-seconds = { $seconds ->
    [zero] { $seconds } ثانية
    [one] { $seconds } ثانية
    [two] { $seconds } ثانية
    [few] { $seconds } ثوانٍ
    [many] { $seconds } ثانية
   *[other] { $seconds } ثانية
}

### Pages

page-error-title = خطأ: { $title }
page-moment = في { $when }
page-signed-in-as = تم تسجيل الدخول باسم <strong>{ $user }</strong>
page-another-account = استخدام حساب آخر
page-trouble = هل تحتاج إلى مساعدة؟
page-language = اللغة:
page-something-else = استخدام طريقة أخرى
page-continue = متابعة
page-confirm = تأكيد
page-copied = تم النسخ
page-back-to-settings = العودة إلى الإعدادات
page-code-label = الرمز
page-yubikey-label = المس مفتاح YubiKey
page-code-sent = أرسلنا رمزًا إلى <strong>{ $address }</strong>.
page-code-comes = سيصلك الرمز على <strong>{ $address }</strong>.
page-code-works-for = يبقى صالحًا لمدة <strong>{ $time }</strong>.
page-code-over = انتهت صلاحية الرمز. أرسل رمزًا جديدًا.
page-send-first = إرسال الرمز
page-send-again = إرسال رمز جديد
page-send-wait = يمكنك طلب رمز جديد بعد <strong>{ $time }</strong>.
page-no-script = لا تعمل المفاتيح في المتصفح إلا عبر JavaScript، وهو متوقف هنا. شغّله أو استخدم طريقة أخرى.
page-key-unable = لا يستطيع هذا المتصفح استخدام المفاتيح. استخدم طريقة أخرى.
page-key-known = هذا المفتاح مضاف من قبل. استخدم مفتاحًا آخر.
page-key-silent = لم يستجب مفتاحك في الوقت المناسب، أو أنك ألغيت العملية. أعد المحاولة أو استخدم طريقة أخرى.

### Pages: the challenge

challenge-title = بقيت خطوة واحدة
challenge-title-again = أكّد هويتك
challenge-title-locked = عدد كبير من الرموز الخاطئة
challenge-opens-app = بعد ذلك يُفتح <strong>{ $app }</strong>.
challenge-opens-page = بعد ذلك تُفتح <strong>{ $path }</strong> في { $app }.
challenge-opens-methods = بعد ذلك يمكنك تغيير طريقة تسجيل دخولك إلى <strong>{ $app }</strong>.
challenge-app = افتح تطبيق المصادقة واكتب رمز <strong>{ $brand }</strong>.
challenge-key = استخدم مفتاح المرور أو مفتاح الأمان.
challenge-yubikey = ضع المؤشر في الحقل والمس مفتاح YubiKey، وسيكتب كلمة المرور بنفسه.
challenge-backup = اكتب أحد رموزك الاحتياطية. كل رمز صالح لمرة واحدة.
challenge-use-key = استخدام مفتاحي
challenge-remember = { $days ->
    [zero] عدم السؤال على هذا الجهاز لمدة { $days } يوم
    [one] عدم السؤال على هذا الجهاز لمدة { $days } يوم
    [two] عدم السؤال على هذا الجهاز لمدة { $days } يوم
    [few] عدم السؤال على هذا الجهاز لمدة { $days } أيام
    [many] عدم السؤال على هذا الجهاز لمدة { $days } يومًا
   *[other] عدم السؤال على هذا الجهاز لمدة { $days } يوم
}
challenge-no-code = لم يُرسل إليك أي رمز بعد. أرسل رمزًا من الأسفل.
challenge-unsent = لم يُمرَّر ما أرسلته لأنك لم تكمل خطوة التحقق الثانية. أرسله مرة أخرى بعد هذه الخطوة.
challenge-lock-left = الوقت المتبقي: <strong>{ $time }</strong>
challenge-locked-help = حتى ذلك الحين لا يمكن لأحد أن يحاول، وهكذا يتوقف من كان يخمّن الرمز. إن لم تكن أنت، فهناك من يعرف كلمة مرورك: غيّرها وأبلغ المسؤول.
challenge-try-again = إعادة المحاولة
challenge-why = لماذا أرى هذه الصفحة؟
challenge-why-first = كلمة المرور وحدها لا تكفي لفتح { $brand }، فقد يخمّنها أحد أو يسرقها. هذه الخطوة الثانية تثبت أنه أنت حقًا.
challenge-why-again = مضى وقت منذ أن أكملت خطوة التحقق الثانية. تطلبها هذه الصفحة من جديد كي لا يفتحها أحد غيرك على جهازك.
challenge-why-stronger = لا تُفتح هذه الصفحة إلا بطرق معيّنة. تظهر هنا الطرق التي يمكنك استخدامها.
challenge-why-changes = قبل أن تغيّر طريقة تسجيل دخولك، نتأكد من أنه أنت كي لا يفعل ذلك أحد غيرك.

### Pages: setting up a method

enrol-title = إضافة طريقة تحقق ثانية
enrol-lead = اختر كيف تريد تأكيد هويتك.
enrol-first = كلمة المرور وحدها لم تعد تكفي لفتح { $brand }. اختر ما تريد استخدامه معها: يستغرق ذلك دقيقة، ويمكنك تغييره لاحقًا.
enrol-nothing = لا يوجد ما يمكن إعداده أكثر من ذلك.
enrol-recommended = موصى به
enrol-set-up = إعداد { $method }
enrol-why-key = لمسة واحدة ببصمتك أو وجهك أو مفتاح أمان. لا يمكن لأحد أن ينتزعها منك بالخداع.
enrol-why-yubikey = مفتاح صغير في منفذ USB يكتب كلمة مرور عندما تلمسه.
enrol-why-app = تطبيق على هاتفك يعرض رمزًا جديدًا كل نصف دقيقة، ولا يحتاج إلى اتصال.
enrol-why-message = يصلك رمز على <strong>{ $address }</strong> في كل مرة.
enrol-something-else = اختيار طريقة أخرى
enrol-app-title = إعداد تطبيق المصادقة
enrol-app-have = جهّز تطبيق مصادقة
enrol-app-which = أي تطبيق مناسب، مثل Aegis أو Google Authenticator أو Microsoft Authenticator أو مدير كلمات المرور لديك.
enrol-app-scan = امسح هذا الرمز بالتطبيق
enrol-app-open = فتح في تطبيقي
enrol-app-secret = أو اكتب هذا المفتاح السري في التطبيق. لن يظهر إلا الآن.
enrol-app-copy = نسخ المفتاح السري
enrol-app-code = اكتب الرمز الذي يعرضه التطبيق
enrol-app-again = اكتب الرمز الذي يعرضه تطبيقك الآن.
enrol-app-anew = البدء من جديد بمفتاح سري جديد
enrol-code-title = التأكيد برمز
enrol-key-title = إضافة مفتاح مرور أو مفتاح أمان
enrol-key-lead = سيطلب منك المتصفح استخدام قفل شاشة هذا الجهاز أو هاتفك أو مفتاح أمان.
enrol-yubikey-title = إضافة مفتاح YubiKey
enrol-yubikey-lead = ضع المؤشر في الحقل الثاني والمس مفتاح YubiKey، وسيكتب كلمة المرور بنفسه.
enrol-name = الاسم
enrol-name-hint = لتمييزه عن غيره: «هاتفي»، «المفتاح الأزرق».
enrol-add-it = إضافة
enrol-done-title = تم كل شيء
enrol-done = تم إعداد { $method }.

### Pages: backup codes

backup-title = رموزك الاحتياطية
backup-lead = كل رمز صالح لمرة واحدة، حين يتعذّر عليك استخدام الطرق الأخرى. احتفظ بها في مكان آمن، فهي لا تظهر إلا الآن.
backup-copy = نسخ
backup-save = حفظ كملف
backup-print = طباعة
backup-file = الرموز الاحتياطية للمستخدم { $user } في { $brand }. كل رمز صالح لمرة واحدة.
backup-next = ماذا يحدث بعد ذلك؟
backup-next-time = عند تسجيل الدخول، سنطلب منك خطوة التحقق الثانية بعد كلمة المرور.
backup-next-lost = إذا فقدت وسيلة التحقق، يمكنك الدخول برمز احتياطي، ثم أضف طريقة جديدة.
backup-kept = لقد احتفظت بها

### Pages: settings

settings-title = خطوة التحقق الثانية
settings-primary = الأساسية
settings-make-primary = تعيين كطريقة أساسية
settings-make-primary-named = تعيين كطريقة أساسية: { $name }
settings-remove = إزالة
settings-remove-named = إزالة { $name }
settings-from-directory = أعدّتها مؤسستك
settings-add = إضافة طريقة
settings-backup = الرموز الاحتياطية
settings-backup-left = { $count ->
    [zero] الرموز غير المستخدمة: { $count }. أنشئ رموزًا جديدة.
    [one] الرموز غير المستخدمة: { $count }.
    [two] الرموز غير المستخدمة: { $count }.
    [few] بقيت { $count } رموز غير مستخدمة.
    [many] بقي { $count } رمزًا غير مستخدم.
   *[other] بقي { $count } رمز غير مستخدم.
}
settings-backup-new = إنشاء رموز جديدة (تتوقف القديمة عن العمل)
settings-devices = الأجهزة المحفوظة
settings-devices-count = { $count ->
    [zero] أجهزة لا تُطلب عليها خطوة التحقق الثانية: { $count }.
    [one] أجهزة لا تُطلب عليها خطوة التحقق الثانية: { $count }.
    [two] أجهزة لا تُطلب عليها خطوة التحقق الثانية: { $count }.
    [few] لا تُطلب خطوة التحقق الثانية على { $count } أجهزة.
    [many] لا تُطلب خطوة التحقق الثانية على { $count } جهازًا.
   *[other] لا تُطلب خطوة التحقق الثانية على { $count } جهاز.
}
settings-devices-forget = إلغاء حفظ الكل
settings-activity = النشاط الأخير
settings-activity-hint = هل ترى نشاطًا لم تقم به؟ غيّر كلمة المرور وأبلغ المسؤول.
settings-back = العودة إلى { $brand }
settings-done-enrolled = أُضيفت الطريقة: { $method }. يمكنك استخدامها من الآن.
settings-done-removed = أُزيلت الطريقة: { $method }.
settings-done-primary = الطريقة الأولى من الآن: { $method }.
settings-done-devices = ستُطلب خطوة التحقق الثانية من جديد على كل الأجهزة.
confirm-remove = إزالة { $name }
confirm-backup = إنشاء رموز احتياطية جديدة
confirm-with = أكّد هويتك باستخدام <strong>{ $method }</strong>.
confirm-send-first = أرسل أولًا رمزًا إلى <strong>{ $address }</strong> لتأكيد هويتك.

### Pages: recent activity

activity-signed-in = تسجيل دخول بكلمة المرور
activity-challenged = طُلبت خطوة التحقق الثانية
activity-sent = أُرسل رمز
activity-send-failed = تعذّر إرسال الرمز
activity-send-refused = لم يُرسل رمز: عدد الطلبات كبير
activity-passed = اكتملت خطوة التحقق الثانية
activity-failed = رمز أو مفتاح خاطئ
activity-locked = قُفل بعد عدد كبير من الرموز الخاطئة
activity-enrolled = أُضيفت طريقة
activity-removed = أُزيلت طريقة
activity-primary-changed = تغيّرت الطريقة الأساسية
activity-backup-codes-made = أُنشئت رموز احتياطية
activity-backup-code-used = استُخدم رمز احتياطي
activity-device-remembered = حُفظ جهاز
activity-devices-forgotten = أُلغي حفظ الأجهزة
activity-reset = إعادة ضبط من المسؤول

### Pages: what a refusal offers

refusal-sign-in = تسجيل الدخول مرة أخرى
refusal-start = الانتقال إلى الصفحة الرئيسية
refusal-clear = محو ملفات تعريف الارتباط لهذا الموقع
refusal-request = الطلب { $id }

### Errors

## Refusals: a title, what happened, what to do now

no-malformed-title = لا يمكن تمرير هذا الطلب
no-cookies-next = أُزيلت ملفات تعريف الارتباط هذه من متصفحك. سجّل الدخول مرة أخرى، وإذا عادت هذه الصفحة فامحُ ملفات تعريف الارتباط لهذا الموقع.
no-next-back = ارجع وأعد المحاولة.
no-next-again = أعد المحاولة.
no-next-moment = أعد المحاولة بعد قليل.
no-next-tell = أعد المحاولة أو أبلغ المسؤول.
no-moment-title = لحظة من فضلك
no-bad-request-title = لا يمكن قراءة هذا الطلب
no-bad-request = ما وصل غير مكتمل أو ليس HTTP.
no-too-slow-title = استغرق هذا وقتًا طويلًا
no-too-slow = لم تصل بقية ما أرسلته في الوقت المناسب.
no-too-slow-next = أرسله مرة أخرى.
no-too-large-title = هذا كبير جدًا
no-too-large = ما أرسلته أكبر مما يقبله هذا الموقع.
no-too-large-next = أرسل شيئًا أصغر أو اسأل المسؤول.
no-busy = تصل إلى هذا الموقع طلبات أكثر مما يمكنه الرد عليه في وقت واحد.
no-wrong-host-title = لا يوجد تطبيق على هذا العنوان
no-wrong-host = لا تقدّم البوابة أي تطبيق باسم المضيف هذا.
no-wrong-host-next = تحقّق من العنوان.
no-old-terms-title = أعِد الاتصال
no-old-terms = تغيّر ما يطلبه هذا الموقع من الاتصال منذ فتح اتصالك.
no-old-terms-next = أعِد تحميل الصفحة.
no-send-again-title = خطوة أخرى قبل الإرسال
no-send-again = لم يُمرَّر ما أرسلته. أكمل خطوة التحقق الثانية، ثم ارجع وأرسله مرة أخرى.
no-send-again-next = تابع إلى خطوة التحقق الثانية.
no-denied-title = هذه الصفحة مغلقة
no-denied = أغلق المسؤول هذه الصفحة أمامك.
no-denied-next = عُد إلى الصفحة الرئيسية.
no-sign-in-first-title = سجّل الدخول أولًا
no-sign-in-first = لم تسجّل الدخول، لذلك لم يُمرَّر هذا.
no-sign-in-first-next = سجّل الدخول ثم أرسله مرة أخرى.
no-upgrade-title = أكمل خطوة التحقق الثانية أولًا
no-upgrade = يحتاج هذا الاتصال إلى جلسة تم التحقق منها.
no-upgrade-next = سجّل الدخول وأكمل خطوة التحقق الثانية.
no-login-in-progress-title = تسجيل دخول قيد التنفيذ
no-login-in-progress = هناك تسجيل دخول آخر من هذا المتصفح في طريقه إلى التطبيق.
no-login-in-progress-next = انتظر قليلًا ثم أعد المحاولة.
no-another-account-title = تم تسجيل الدخول بحساب شخص آخر
no-another-account = لم يُمرَّر تسجيل الدخول باسم مستخدم آخر لأن في هذا المتصفح جلسة مفتوحة تم التحقق منها.
# "استخدام حساب آخر" is a button of the page (page-another-account).
no-another-account-next = اختر «استخدام حساب آخر»، ثم سجّل الدخول مرة أخرى.
no-login-elsewhere-title = هذا ليس مكان تسجيل الدخول
no-login-elsewhere = أُرسل اسم وكلمة مرور إلى عنوان غير معروف كصفحة تسجيل دخول، لذلك لم يُمرَّرا.
no-login-elsewhere-next = سجّل الدخول من صفحة تسجيل الدخول في الموقع نفسه. للمسؤولين: أضيفوا هذا العنوان إلى login_paths أو أضيفوا مصدرًا للتأكيد.
no-sent-back-title = لم يتم تسجيل الدخول
no-sent-back = أعادك التطبيق إلى صفحة تسجيل الدخول. ربما كان الاسم أو كلمة المرور غير صحيح.
no-memory = لا تستطيع البوابة الوصول إلى بياناتها، فلا تعرف لمن هذه الجلسة.
no-probe = لم يوضّح التطبيق لمن هذه الجلسة.
no-directory = تعذّر الوصول إلى قائمة المستخدمين الآن، لذلك لا يمكن لأحد تسجيل الدخول.
no-down-title = تعذّر الوصول إلى التطبيق
no-down = التطبيق الذي يقف خلف هذه الصفحة لا يستجيب.
no-slow-title = التطبيق يستغرق وقتًا طويلًا
no-slow = لم يستجب التطبيق الذي يقف خلف هذه الصفحة في الوقت المناسب.
no-broke-title = قطع التطبيق رده
no-broke = لا يمكن تمرير رد التطبيق.
no-answer-too-large-title = لا يمكن تمرير رد التطبيق
no-answer-too-large = ردّ التطبيق بترويسات أكثر مما يمكن قبوله.
no-answer-too-large-next = أبلغ المسؤول، فالسبب غالبًا كثرة ملفات تعريف الارتباط القديمة.
no-user-changed-title = تم الآن تسجيل الدخول بحساب شخص آخر
no-user-changed = يذكر التطبيق مستخدمًا غير الذي أكمل خطوة التحقق الثانية، لذلك حُجب رده.
no-user-changed-next = سجّل الدخول مرة أخرى.
no-user-unknown-title = حسابك غير معروف هنا
no-user-unknown = سمح لك التطبيق بالدخول، لكن هذا الحساب غير موجود في دليل مستخدمي البوابة، فلا يمكن التحقق من خطوته الثانية.
no-user-unknown-next = اطلب من المسؤول إضافتك.
no-disagreement-title = بيانات تسجيل الدخول غير متطابقة
no-disagreement = يقول التطبيق إن من سجّل الدخول مستخدم غير الذي كتبته.
no-disagreement-next = سجّل الدخول مرة أخرى باسم المستخدم الخاص بك.
no-undecided-title = نتيجة تسجيل الدخول غير واضحة
no-undecided = تعذّر فهم رد التطبيق على تسجيل دخولك، لذلك لم يتم تسجيل الدخول.

## Requests that can be read in two ways

odd-address = يمكن قراءة عنوان هذه الصفحة بطريقتين، لذلك لم يُمرَّر.
odd-cookie = أرسل متصفحك ملف تعريف الارتباط لجلسة التطبيق بطريقتين، فلا يمكن معرفة أيهما المعتمد.
odd-cookies-unreadable = لا يمكن قراءة ملفات تعريف الارتباط في هذا الطلب.
odd-form = يمكن قراءة النموذج المُرسَل بطريقتين، لذلك لم يُمرَّر.
odd-header-twice = أُرسلت مرتين ترويسة لا يجوز أن ترد إلا مرة واحدة.
odd-host = ترويسة Host في هذا الطلب غير موجودة أو لا يمكن قراءتها.
odd-length = يمكن قراءة طول هذا الطلب بطريقتين.
odd-no-proxy = هذا ليس خادمًا وكيلًا أماميًا.
odd-no-trace = لا يُسمح هنا باستخدام TRACE.
odd-method = هذا الأسلوب غير مدعوم هنا.
odd-only-chunked = لا يُقبل في Transfer-Encoding إلا `chunked`.
odd-only-websockets = لا يمكن بهذه الطريقة فتح شيء سوى WebSocket.
odd-session-in-address = يحمل العنوان جلسة أو رمزًا مميزًا. سجّل الدخول بدلًا من ذلك مع تفعيل ملفات تعريف الارتباط.
odd-session-in-form = يحمل النموذج المُرسَل جلسة أو رمزًا مميزًا. سجّل الدخول بدلًا من ذلك مع تفعيل ملفات تعريف الارتباط.
odd-head-too-large = أرسل متصفحك ملفات تعريف ارتباط أكثر، أو عنوانًا أطول، مما يقبله هذا الموقع.
odd-user-from-proxy = ذكر الخادم الوكيل أمام هذا الموقع اسم المستخدم بطريقتين، لذلك لم يُمرَّر الطلب.
odd-user-name = يمكن قراءة اسم المستخدم في تسجيل الدخول هذا بطريقتين، لذلك لم يُمرَّر.
odd-login-body = لا يمكن تسجيل الدخول بهذا النوع من المحتوى.
odd-login-compressed = لا يمكن استخدام محتوى مضغوط لتسجيل الدخول ولا كنموذج.
odd-login-in-address = مكان بيانات تسجيل الدخول هو محتوى الطلب، لا العنوان.
odd-login-too-large = هذا أكبر من أن يكون تسجيل دخول.
odd-login-way = لا يمكن إرسال اسم وكلمة مرور بهذه الطريقة.

## The gate's own pages

own-not-found-title = لا توجد صفحة كهذه
own-not-found = ليس للبوابة صفحة على هذا العنوان.
own-wrong-method-title = هذا لا يعمل هنا
own-wrong-method = تقبل صفحة البوابة هذه أسلوب HTTP آخر.
own-not-for-scripts-title = هذه الصفحة للأشخاص
own-not-for-scripts = تستخدم البرامج النصية واجهة API الخاصة بالبوابة.
own-cross-site-title = جاء هذا من موقع آخر
own-cross-site = افتح الصفحة نفسها وأعد المحاولة.
own-json-only-title = JSON فقط
own-json-only = أرسل JSON مع Content-Type: application/json.
own-too-large = لا تقبل صفحات البوابة إلا النماذج القصيرة.
own-no-json-title = لا يمكن قراءة هذا
own-no-json = المحتوى ليس JSON.
own-stale-title = هذه الصفحة قديمة
own-stale = ارجع وأعد تحميل الصفحة ثم أعد المحاولة.
own-verify-first-title = خطوة التحقق الثانية أولًا

## Challenge, enrolment, settings

flow-title = لم ينجح ذلك
flow-code-wrong = { $left ->
    [zero] هذا الرمز غير صحيح. لم تبقَ لك محاولات ({ $left }).
    [one] هذا الرمز غير صحيح. تحقّق منه وأعد المحاولة؛ بقيت محاولة واحدة.
    [two] هذا الرمز غير صحيح. تحقّق منه وأعد المحاولة؛ بقيت محاولتان.
    [few] هذا الرمز غير صحيح. تحقّق منه وأعد المحاولة؛ بقيت { $left } محاولات.
    [many] هذا الرمز غير صحيح. تحقّق منه وأعد المحاولة؛ بقيت { $left } محاولة.
   *[other] هذا الرمز غير صحيح. تحقّق منه وأعد المحاولة؛ بقيت { $left } محاولة.
}
flow-code-expired = انتهت صلاحية هذا الرمز. اطلب رمزًا جديدًا.
flow-code-used = استُخدم هذا الرمز من قبل. اطلب رمزًا جديدًا أو انتظر الرمز التالي في تطبيقك.
flow-locked-title = عدد كبير من الرموز الخاطئة
flow-locked = أُدخل عدد كبير من الرموز الخاطئة لحسابك.
flow-sends-title = عدد كبير من الرموز
flow-too-many-sends = أُرسل عدد كبير من الرموز. استخدم آخرها أو أعد المحاولة لاحقًا.
flow-resend-wait = أُرسل رمز قبل لحظات. انتظر قليلًا قبل طلب رمز آخر.
flow-unknown-method = لم يتم إعداد هذه الطريقة لحسابك. اختر طريقة أخرى.
flow-sends-nothing = تعرض هذه الطريقة رموزها بنفسها، ولا يُرسل شيء.
flow-not-allowed = ما فتحته يحتاج إلى طريقة أخرى. اختر واحدة من القائمة.
flow-key-refused = لم يُقبل مفتاحك. أعد المحاولة أو استخدم طريقة أخرى.
flow-key-cloned = رُفض هذا المفتاح، فقد تكون له نسخة أخرى. استخدم طريقة أخرى وأبلغ المسؤول.
flow-code-required = يحتاج هذا التغيير إلى رمز. أرسل رمزًا بهذه الطريقة أو بطريقة أقوى.
flow-no-session-title = انتهى تسجيل دخولك
flow-no-session = انتهى تسجيل دخولك. عُد إلى التطبيق وسجّل الدخول مرة أخرى.
flow-no-session-next = عُد إلى التطبيق وسجّل الدخول مرة أخرى.
flow-verify-first = أكمل خطوة التحقق الثانية أولًا.
flow-needs-invite-title = يحتاج حسابك إلى طريقة تحقق ثانية
flow-needs-invite = لم يتم إعداد أي طريقة تحقق ثانية لحسابك. اطلب من المسؤول أن يسمح لك بإعدادها.
flow-needs-invite-next = يمكن للمسؤول إعادة ضبط حسابك أو دعوتك.
flow-already-active = سبق إعداد هذه الطريقة.
flow-nothing-to-confirm = لا يوجد ما يحتاج إلى تأكيد. ابدأ إعداد الطريقة من جديد.
flow-last-method = هذه طريقتك الوحيدة. أضف طريقة أخرى قبل إزالتها.
flow-from-directory = أعدّت مؤسستك هذه الطريقة، ولا يمكن إزالتها هنا.
flow-backup-off = الرموز الاحتياطية متوقفة هنا.
flow-regeneration-off = لا يمكن إنشاء رموز احتياطية جديدة هنا. راجع المسؤول.
flow-unavailable = لا تستطيع البوابة الوصول إلى بياناتها الآن. أعد المحاولة بعد قليل.
flow-yubico-away = لا يمكن التحقق من مفتاح YubiKey الآن. أعد المحاولة بعد قليل أو استخدم طريقة أخرى.
flow-go-on = { $what } يمكنك المتابعة بعد { $span }، في { $when }.
flow-instead = { $what } يمكنك بدلًا من ذلك استخدام: { $method }.

## Why a message was not sent

trouble-recipient = العنوان أو الرقم المسجّل لك لا يستقبل الرسائل. اطلب من المسؤول تصحيحه أو استخدم طريقة أخرى.
trouble-opted-out = أُلغي اشتراك هاتفك في هذه الرسائل. رُدّ على آخر رسالة بكلمة START أو استخدم طريقة أخرى.
trouble-setup = تعذّر إرسال رسالة الرمز. أبلغ المسؤول أو استخدم طريقة أخرى.
trouble-later = تعذّر إرسال رسالة الرمز الآن. أعد المحاولة بعد قليل أو استخدم طريقة أخرى.
trouble-unknown = ليس مؤكدًا أن رسالة الرمز أُرسلت. إن لم تصل خلال دقيقة، فاطلب رسالة جديدة أو استخدم طريقة أخرى.

## Answers of the API

api-second-factor-title = خطوة التحقق الثانية مطلوبة
api-second-factor = أكمل خطوة التحقق الثانية ثم أرسل هذا مرة أخرى.
api-code-sent = تم إرسال الرمز.
api-touch-key = المس مفتاحك.
api-touch-yubikey = المس مفتاح YubiKey وأكّد بما يكتبه.
api-removed = تمت إزالة الطريقة.
api-primary-changed = تم تغيير الطريقة الأساسية.

### Methods

method-email = البريد الإلكتروني
method-sms = رسالة نصية
method-app = تطبيق المصادقة
method-yubikey = YubiKey
method-webauthn = مفتاح المرور أو مفتاح الأمان
method-backup = رمز احتياطي

### Messages

## The e-mail with a code

mail-subject = رمز التحقق الخاص بك
mail-code = { $code } هو رمز التحقق الخاص بك في { $brand } ({ $host }).
mail-code-below = رمز التحقق الخاص بك في <strong>{ $brand }</strong> ({ $host }):
mail-works-once = { $minutes ->
    [zero] صالح لمرة واحدة، لمدة { $minutes } دقيقة، في المتصفح الذي تسجّل الدخول منه.
    [one] صالح لمرة واحدة، لمدة { $minutes } دقيقة، في المتصفح الذي تسجّل الدخول منه.
    [two] صالح لمرة واحدة، لمدة { $minutes } دقيقة، في المتصفح الذي تسجّل الدخول منه.
    [few] صالح لمرة واحدة، لمدة { $minutes } دقائق، في المتصفح الذي تسجّل الدخول منه.
    [many] صالح لمرة واحدة، لمدة { $minutes } دقيقة، في المتصفح الذي تسجّل الدخول منه.
   *[other] صالح لمرة واحدة، لمدة { $minutes } دقيقة، في المتصفح الذي تسجّل الدخول منه.
}
mail-asked-by = طلبه { $user } في { $when }
mail-asked-from = من { $network }، { $browser }
mail-not-you = إن لم تكن أنت، فهناك من يعرف كلمة مرورك: لا تعطِ الرمز لأحد، وغيّر كلمة مرورك الآن.

## The e-mail about a change

notice-added = أُضيفت طريقة تحقق ثانية: { $method }
notice-removed = أُزيلت طريقة تحقق ثانية: { $method }
notice-backup-used = { $left ->
    [zero] استُخدم رمز احتياطي، والمتبقي { $left }
    [one] استُخدم رمز احتياطي، والمتبقي { $left }
    [two] استُخدم رمز احتياطي، والمتبقي { $left }
    [few] استُخدم رمز احتياطي، والمتبقي { $left }
    [many] استُخدم رمز احتياطي، والمتبقي { $left }
   *[other] استُخدم رمز احتياطي، والمتبقي { $left }
}
notice-opening = { $what }. يخص هذا حسابك { $user } في { $brand } ({ $host }).
notice-account = حسابك { $user } في <strong>{ $brand }</strong> ({ $host }).
notice-when = الوقت: { $when }
notice-from = المصدر: { $network }، { $browser }
notice-from-small = من { $network }، { $browser }
notice-not-you = إن كنت أنت، فلا حاجة إلى فعل شيء. وإن لم تكن أنت، فقد يكون أحد قد دخل حسابك: غيّر كلمة المرور وأبلغ المسؤول الآن.

## Text messages

sms-code-brand = { $code } هو رمزك في { $brand }.
sms-code = { $code } هو رمزك.
