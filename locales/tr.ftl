# Turkish. The pattern is en.ftl.

language-name = Türkçe

### Dates and times

moment = { $day }.{ $month }.{ $year } { $hour }:{ $minute } UTC
span-minutes = { $minutes ->
    [one] { $minutes } dakika
   *[other] { $minutes } dakika
}
span-seconds = { $seconds ->
    [one] { $seconds } saniye
   *[other] { $seconds } saniye
}

### Pages

page-error-title = Hata: { $title }
page-moment = { $when }
page-signed-in-as = Oturum açan: <strong>{ $user }</strong>
page-another-account = Başka bir hesap kullan
page-trouble = Yardım mı gerekiyor?
page-language = Dil:
page-something-else = Başka bir yöntem kullanın
page-continue = Devam et
page-confirm = Onayla
page-copied = Kopyalandı
page-back-to-settings = Ayarlara dön
page-code-label = Kod
page-yubikey-label = YubiKey’inize dokunun
page-code-sent = Kodu <strong>{ $address }</strong> adresine gönderdik.
page-code-comes = Kodunuz <strong>{ $address }</strong> adresine gelecek.
page-code-works-for = Geçerlilik süresi: <strong>{ $time }</strong>.
page-code-over = Kodun süresi doldu. Yeni bir kod gönderin.
page-send-first = Kodu gönder
page-send-again = Yeni kod gönder
page-send-wait = Yeni kod için kalan süre: <strong>{ $time }</strong>.
page-no-script = Tarayıcılar anahtarları yalnızca JavaScript ile kullanabilir, ancak burada JavaScript kapalı. JavaScript’i açın veya başka bir yöntem kullanın.
page-key-unable = Bu tarayıcı anahtarları kullanamıyor. Başka bir yöntem kullanın.
page-key-known = Bu anahtar zaten eklenmiş. Başka bir anahtar kullanın.
page-key-silent = Anahtarınız zamanında yanıt vermedi veya işlemi iptal ettiniz. Tekrar deneyin ya da başka bir yöntem kullanın.

### Pages: the challenge

challenge-title = Bir adım daha
challenge-title-again = Siz olduğunuzu doğrulayın
challenge-title-locked = Çok fazla yanlış kod
challenge-opens-app = Ardından <strong>{ $app }</strong> açılacak.
challenge-opens-page = Ardından { $app } içinde <strong>{ $path }</strong> açılacak.
challenge-opens-methods = Ardından <strong>{ $app }</strong> için oturum açma yönteminizi değiştirebilirsiniz.
challenge-app = Kimlik doğrulama uygulamanızı açın ve <strong>{ $brand }</strong> için gösterilen kodu girin.
challenge-key = Geçiş anahtarınızı veya güvenlik anahtarınızı kullanın.
challenge-yubikey = İmleci alana getirip YubiKey’inize dokunun: parolayı kendisi yazar.
challenge-backup = Yedek kodlarınızdan birini girin. Her kod yalnızca bir kez geçerlidir.
challenge-use-key = Anahtarımı kullan
challenge-remember = { $days ->
    [one] Bu cihazda { $days } gün boyunca sorma
   *[other] Bu cihazda { $days } gün boyunca sorma
}
challenge-no-code = Size henüz kod gönderilmedi. Aşağıdan gönderebilirsiniz.
challenge-unsent = İkinci doğrulama adımını tamamlamadığınız için gönderdiğiniz veriler iletilmedi. Bu adımdan sonra tekrar gönderin.
challenge-lock-left = Kalan süre: <strong>{ $time }</strong>
challenge-locked-help = O zamana kadar kimse deneyemez; böylece kodu tahmin etmeye çalışan kişi durdurulur. Bunu siz yapmadıysanız biri parolanızı biliyor: parolanızı değiştirin ve yöneticinize haber verin.
challenge-try-again = Tekrar dene
challenge-why = Bunu neden görüyorum?
challenge-why-first = Parola tahmin edilebilir veya çalınabilir; bu yüzden { $brand } için tek başına yetmez. Bu ikinci adım, gerçekten siz olduğunuzu gösterir.
challenge-why-again = İkinci doğrulama adımını bir süre önce tamamladınız. Cihazınızda başka biri açamasın diye bu sayfa bunu yeniden ister.
challenge-why-stronger = Bu sayfa yalnızca belirli yöntemlerle açılır. Burada sizin kullanabilecekleriniz gösteriliyor.
challenge-why-changes = Oturum açma yönteminizi değiştirmeden önce siz olduğunuzdan emin oluruz; böylece bunu başka kimse yapamaz.

### Pages: setting up a method

enrol-title = İkinci doğrulama yöntemi ekleyin
enrol-lead = Siz olduğunuzu nasıl doğrulamak istediğinizi seçin.
enrol-first = { $brand } için artık parola tek başına yetmiyor. Yanında ne kullanmak istediğinizi seçin: bir dakika sürer, sonra değiştirebilirsiniz.
enrol-nothing = Ayarlanacak başka bir şey yok.
enrol-recommended = önerilen
enrol-set-up = Ayarla: { $method }
enrol-why-key = Parmak izi, yüz veya güvenlik anahtarıyla tek dokunuş. Kimse sizi kandırıp elinizden alamaz.
enrol-why-yubikey = USB bağlantı noktasındaki küçük anahtar, dokunduğunuzda bir parola yazar.
enrol-why-app = Telefonunuzdaki uygulama her yarım dakikada yeni bir kod gösterir. İnternet gerekmez.
enrol-why-message = Kod her seferinde <strong>{ $address }</strong> adresine gelir.
enrol-something-else = Başka bir yöntem seç
enrol-app-title = Kimlik doğrulama uygulamanızı ayarlayın
enrol-app-have = Bir kimlik doğrulama uygulaması hazır bulundurun
enrol-app-which = Herhangi biri olur: Aegis, Google Authenticator, Microsoft Authenticator veya parola yöneticiniz.
enrol-app-scan = Bunu uygulamayla tarayın
enrol-app-open = Uygulamamda aç
enrol-app-secret = Ya da bu gizli anahtarı uygulamaya girin. Yalnızca şimdi gösteriliyor.
enrol-app-copy = Gizli anahtarı kopyala
enrol-app-code = Uygulamanın gösterdiği kodu girin
enrol-app-again = Uygulamanızın şu anda gösterdiği kodu girin.
enrol-app-anew = Yeni bir gizli anahtarla baştan başla
enrol-code-title = Kodla onaylayın
enrol-key-title = Geçiş anahtarı veya güvenlik anahtarı ekleyin
enrol-key-lead = Tarayıcınız bu cihazın ekran kilidini, telefonunuzu veya bir güvenlik anahtarını kullanmanızı isteyecek.
enrol-yubikey-title = YubiKey ekleyin
enrol-yubikey-lead = İmleci ikinci alana getirip YubiKey’inize dokunun: parolayı kendisi yazar.
enrol-name = Adı
enrol-name-hint = Diğerlerinden ayırt etmek için: “Telefonum”, “Mavi anahtar”.
enrol-add-it = Ekle
enrol-done-title = Tamamlandı
enrol-done = { $method } ayarlandı.

### Pages: backup codes

backup-title = Yedek kodlarınız
backup-lead = Diğer yöntemlerinizi kullanamadığınızda her biri bir kez geçerlidir. Güvenli bir yerde saklayın: yalnızca şimdi gösteriliyorlar.
backup-copy = Kopyala
backup-save = Dosya olarak kaydet
backup-print = Yazdır
backup-file = { $brand } yedek kodları, kullanıcı: { $user }. Her kod yalnızca bir kez geçerlidir.
backup-next = Bundan sonra ne olacak?
backup-next-time = Oturum açarken parolanızdan sonra ikinci doğrulama adımını isteyeceğiz.
backup-next-lost = Yönteminizi kaybederseniz yedek kodla girebilirsiniz; ardından yenisini ayarlayın.
backup-kept = Kodları sakladım

### Pages: settings

settings-title = İkinci doğrulama adımı
settings-primary = birincil
settings-make-primary = Birincil yap
settings-make-primary-named = Birincil yap: { $name }
settings-remove = Kaldır
settings-remove-named = Kaldır: { $name }
settings-from-directory = Kuruluşunuz tarafından ayarlandı
settings-add = Yöntem ekle
settings-backup = Yedek kodlar
settings-backup-left = { $count ->
    [0] Kullanılmamış kod: { $count }. Yenilerini oluşturun.
    [one] Kullanılmamış { $count } kod kaldı.
   *[other] Kullanılmamış { $count } kod kaldı.
}
settings-backup-new = Yenilerini oluştur (eskiler geçersiz olur)
settings-devices = Hatırlanan cihazlar
settings-devices-count = { $count ->
    [one] { $count } cihazda ikinci doğrulama adımı istenmiyor.
   *[other] { $count } cihazda ikinci doğrulama adımı istenmiyor.
}
settings-devices-forget = Tümünü unut
settings-activity = Son etkinlikler
settings-activity-hint = Bunlardan biri size ait değil mi? Parolanızı değiştirin ve yöneticinize haber verin.
settings-back = Geri dön: { $brand }
settings-done-enrolled = { $method } eklendi. Artık kullanabilirsiniz.
settings-done-removed = { $method } kaldırıldı.
settings-done-primary = Artık ilk sırada: { $method }.
settings-done-devices = İkinci doğrulama adımı tüm cihazlarda yeniden istenecek.
confirm-remove = Kaldır: { $name }
confirm-backup = Yeni yedek kodlar oluştur
confirm-with = Siz olduğunuzu gösterin. Kullanacağınız yöntem: <strong>{ $method }</strong>.
confirm-send-first = Siz olduğunuzu göstermek için önce <strong>{ $address }</strong> adresine bir kod gönderin.

### Pages: recent activity

activity-signed-in = Parolayla oturum açıldı
activity-challenged = İkinci doğrulama adımı istendi
activity-sent = Kod gönderildi
activity-send-failed = Kod gönderilemedi
activity-send-refused = Kod gönderilmedi: çok fazla istek
activity-passed = İkinci doğrulama adımı tamamlandı
activity-failed = Yanlış kod veya anahtar
activity-locked = Çok fazla yanlış koddan sonra kilitlendi
activity-enrolled = Yöntem eklendi
activity-removed = Yöntem kaldırıldı
activity-primary-changed = Birincil yöntem değiştirildi
activity-backup-codes-made = Yedek kodlar oluşturuldu
activity-backup-code-used = Yedek kod kullanıldı
activity-device-remembered = Cihaz hatırlandı
activity-devices-forgotten = Cihazlar unutuldu
activity-reset = Yönetici tarafından sıfırlandı

### Pages: what a refusal offers

refusal-sign-in = Yeniden oturum aç
refusal-start = Ana sayfaya git
refusal-clear = Bu sitenin çerezlerini sil
refusal-request = İstek { $id }

### Errors

## Refusals: a title, what happened, what to do now

no-malformed-title = Bu istek iletilemiyor
no-cookies-next = Bu çerezler tarayıcınızdan kaldırıldı. Yeniden oturum açın; bu sayfa tekrar gelirse bu sitenin çerezlerini silin.
no-next-back = Geri dönüp tekrar deneyin.
no-next-again = Tekrar deneyin.
no-next-moment = Birazdan tekrar deneyin.
no-next-tell = Tekrar deneyin veya yöneticinize haber verin.
no-moment-title = Bir saniye
no-bad-request-title = Bu istek okunamıyor
no-bad-request = Gelen veri eksikti veya HTTP değildi.
no-too-slow-title = Bu çok uzun sürdü
no-too-slow = Gönderdiklerinizin kalanı zamanında ulaşmadı.
no-too-slow-next = Yeniden gönderin.
no-too-large-title = Bu çok büyük
no-too-large = Gönderdiğiniz veri, bu sitenin kabul ettiğinden daha büyük.
no-too-large-next = Daha küçük bir şey gönderin veya yöneticinize sorun.
no-busy = Bu siteye şu anda yanıtlayabileceğinden fazla istek geliyor.
no-wrong-host-title = Bu adreste bir uygulama yok
no-wrong-host = Güvenlik geçidi bu ana makine adıyla bir uygulama sunmuyor.
no-wrong-host-next = Adresi kontrol edin.
no-old-terms-title = Yeniden bağlanın
no-old-terms = Bağlantınız açıldığından beri bu sitenin bir bağlantıdan istedikleri değişti.
no-old-terms-next = Sayfayı yenileyin.
no-send-again-title = Göndermeden önce bir adım daha
no-send-again = Gönderdiğiniz veriler iletilmedi. İkinci doğrulama adımını tamamlayın, geri dönün ve yeniden gönderin.
no-send-again-next = İkinci doğrulama adımına geçin.
no-denied-title = Bu sayfa kapalı
no-denied = Yönetici bu sayfayı size kapattı.
no-denied-next = Ana sayfaya dönün.
no-sign-in-first-title = Önce oturum açın
no-sign-in-first = Oturum açmadığınız için bu iletilmedi.
no-sign-in-first-next = Oturum açın, sonra yeniden gönderin.
no-upgrade-title = Önce ikinci doğrulama adımını tamamlayın
no-upgrade = Bu bağlantı için doğrulanmış bir oturum gerekiyor.
no-upgrade-next = Oturum açın ve ikinci doğrulama adımını tamamlayın.
no-login-in-progress-title = Oturum açma işlemi sürüyor
no-login-in-progress = Bu tarayıcıdan uygulamaya giden başka bir oturum açma işlemi var.
no-login-in-progress-next = Biraz bekleyip tekrar deneyin.
no-another-account-title = Başka biri olarak oturum açtınız
no-another-account = Bu tarayıcıda doğrulanmış bir oturum açık olduğundan, başka bir kullanıcının oturum açma isteği iletilmedi.
# "Başka bir hesap kullan" is a button of the page (page-another-account).
no-another-account-next = “Başka bir hesap kullan” seçeneğini seçin, sonra yeniden oturum açın.
no-login-elsewhere-title = Burada oturum açılamaz
no-login-elsewhere = Ad ve parola, oturum açma sayfası olarak tanınmayan bir adrese gönderildi; bu yüzden iletilmedi.
no-login-elsewhere-next = Sitenin kendi oturum açma sayfasında oturum açın. Yöneticiler: Bu adresi login_paths listesine ekleyin veya bir onay kaynağı tanımlayın.
no-sent-back-title = Oturum açılmadı
no-sent-back = Uygulama sizi oturum açma sayfasına geri gönderdi. Ad veya parola yanlış olabilir.
no-memory = Güvenlik geçidi kendi verilerine ulaşamadığından bu oturumun kime ait olduğunu bilmiyor.
no-probe = Uygulama, bu oturumun kime ait olduğunu açıkça belirtmedi.
no-directory = Kullanıcı listesine şu anda ulaşılamıyor; bu yüzden kimse oturum açamaz.
no-down-title = Uygulamaya ulaşılamıyor
no-down = Bu sayfanın arkasındaki uygulama yanıt vermiyor.
no-slow-title = Uygulama çok yavaş
no-slow = Bu sayfanın arkasındaki uygulama zamanında yanıt vermedi.
no-broke-title = Uygulama yanıtı yarıda kesti
no-broke = Uygulamanın yanıtı iletilemiyor.
no-answer-too-large-title = Uygulamanın yanıtı iletilemiyor
no-answer-too-large = Uygulamanın yanıtında kabul edilebilecekten fazla üst bilgi var.
no-answer-too-large-next = Yöneticinize haber verin; sebep çoğu zaman biriken eski çerezlerdir.
no-user-changed-title = Artık başka biri olarak oturum açtınız
no-user-changed = Uygulama, ikinci doğrulama adımını tamamlayandan farklı bir kullanıcı bildirdi; bu yüzden yanıtı gösterilmedi.
no-user-changed-next = Yeniden oturum açın.
no-user-unknown-title = Hesabınız burada tanınmıyor
no-user-unknown = Uygulama girişinizi kabul etti, ancak güvenlik geçidinin dizininde bu hesap yok; bu yüzden ikinci doğrulama adımı denetlenemiyor.
no-user-unknown-next = Yöneticinizden sizi eklemesini isteyin.
no-disagreement-title = Oturum bilgileri eşleşmiyor
no-disagreement = Uygulamaya göre, yazdığınızdan farklı bir kullanıcı oturum açtı.
no-disagreement-next = Kendi kullanıcı adınızla yeniden oturum açın.
no-undecided-title = Oturum açma sonucu belirsiz
no-undecided = Uygulamanın oturum açma isteğinize verdiği yanıt anlaşılamadı; bu yüzden oturumunuz açılmadı.

## Requests that can be read in two ways

odd-address = Bu sayfanın adresi iki farklı şekilde okunabiliyor; bu yüzden iletilmedi.
odd-cookie = Tarayıcınız uygulamanın oturum çerezini iki farklı şekilde gönderdi; hangisinin geçerli olduğu bilinemiyor.
odd-cookies-unreadable = Bu isteğin çerezleri okunamıyor.
odd-form = Gönderilen form iki farklı şekilde okunabiliyor; bu yüzden iletilmedi.
odd-header-twice = Yalnızca bir kez bulunabilecek bir üst bilgi iki kez gönderildi.
odd-host = Bu istekte Host üst bilgisi yok veya okunamıyor.
odd-length = Bu isteğin uzunluğu iki farklı şekilde okunabiliyor.
odd-no-proxy = Bu bir iletme proxy’si değil.
odd-no-trace = Burada TRACE kullanılamaz.
odd-method = Bu metot burada desteklenmiyor.
odd-only-chunked = Transfer-Encoding olarak yalnızca `chunked` kabul edilir.
odd-only-websockets = Bu şekilde yalnızca WebSocket açılabilir.
odd-session-in-address = Adres, bir oturum veya belirteç içeriyor. Bunun yerine çerezleri açıp oturum açın.
odd-session-in-form = Gönderilen form, bir oturum veya belirteç içeriyor. Bunun yerine çerezleri açıp oturum açın.
odd-head-too-large = Tarayıcınız, bu sitenin kabul ettiğinden fazla çerez veya daha uzun bir adres gönderdi.
odd-user-from-proxy = Bu sitenin önündeki proxy, kullanıcıyı iki farklı şekilde bildirdi; bu yüzden istek iletilmedi.
odd-user-name = Girilen kullanıcı adı iki farklı şekilde okunabiliyor; bu yüzden iletilmedi.
odd-login-body = Bu tür bir gövdeyle oturum açılamaz.
odd-login-compressed = Sıkıştırılmış gövde, oturum açmak için veya form olarak kullanılamaz.
odd-login-in-address = Oturum açma bilgileri adreste değil, isteğin gövdesinde olmalıdır.
odd-login-too-large = Bu, bir oturum açma isteği için çok büyük.
odd-login-way = Ad ve parola bu şekilde gönderilemez.

## The gate's own pages

own-not-found-title = Böyle bir sayfa yok
own-not-found = Güvenlik geçidinin bu adreste bir sayfası yok.
own-wrong-method-title = Bu burada çalışmıyor
own-wrong-method = Güvenlik geçidinin bu sayfası başka bir HTTP metodu kabul ediyor.
own-not-for-scripts-title = Bu sayfa insanlar için
own-not-for-scripts = Betikler güvenlik geçidinin API’sini kullanır.
own-cross-site-title = Bu, başka bir siteden geldi
own-cross-site = Sayfanın kendisini açıp tekrar deneyin.
own-json-only-title = Yalnızca JSON
own-json-only = Content-Type: application/json ile JSON gönderin.
own-too-large = Güvenlik geçidinin sayfaları yalnızca kısa formları kabul eder.
own-no-json-title = Bu okunamıyor
own-no-json = Gövde JSON değil.
own-stale-title = Bu sayfa güncel değil
own-stale = Geri dönün, sayfayı yenileyin ve tekrar deneyin.
own-verify-first-title = Önce ikinci doğrulama adımı

## Challenge, enrolment, settings

flow-title = Bu işe yaramadı
flow-code-wrong = { $left ->
    [one] Bu kod doğru değil. Kontrol edip tekrar deneyin; tek deneme hakkınız kaldı.
   *[other] Bu kod doğru değil. Kontrol edip tekrar deneyin; { $left } deneme hakkınız kaldı.
}
flow-code-expired = Bu kodun süresi doldu. Yeni bir kod isteyin.
flow-code-used = Bu kod daha önce kullanıldı. Yeni bir kod isteyin veya uygulamanızda sıradaki kodu bekleyin.
flow-locked-title = Çok fazla yanlış kod
flow-locked = Hesabınız için çok fazla yanlış kod girildi.
flow-sends-title = Çok fazla kod
flow-too-many-sends = Çok fazla kod gönderildi. Sonuncusunu kullanın veya daha sonra tekrar deneyin.
flow-resend-wait = Az önce bir kod gönderildi. Yenisini istemeden önce biraz bekleyin.
flow-unknown-method = Bu yöntem hesabınız için ayarlanmamış. Başka bir yöntem seçin.
flow-sends-nothing = Bu yöntem kodlarını kendisi gösterir; hiçbir şey gönderilmez.
flow-not-allowed = Açtığınız sayfa için başka bir yöntem gerekiyor. Listeden birini seçin.
flow-key-refused = Anahtarınız kabul edilmedi. Tekrar deneyin veya başka bir yöntem kullanın.
flow-key-cloned = Bu anahtar reddedildi: bir kopyası olabilir. Başka bir yöntem kullanın ve yöneticinize haber verin.
flow-code-required = Bu değişiklik için kod gerekiyor. Bu yöntemle veya daha güçlü bir yöntemle kod gönderin.
flow-no-session-title = Oturumunuz sona erdi
flow-no-session = Oturumunuz sona erdi. Uygulamaya dönüp yeniden oturum açın.
flow-no-session-next = Uygulamaya dönüp yeniden oturum açın.
flow-verify-first = Önce ikinci doğrulama adımını tamamlayın.
flow-needs-invite-title = Hesabınız için ikinci doğrulama yöntemi gerekiyor
flow-needs-invite = Hesabınızda ikinci doğrulama yöntemi ayarlanmamış. Yöneticinizden bunu ayarlamanıza izin vermesini isteyin.
flow-needs-invite-next = Yöneticiniz hesabınızı sıfırlayabilir veya size davet gönderebilir.
flow-already-active = Bu yöntem zaten ayarlanmış.
flow-nothing-to-confirm = Onaylanacak bir şey yok. Yöntemi ayarlamaya baştan başlayın.
flow-last-method = Bu sizin tek yönteminiz. Kaldırmadan önce başka bir yöntem ekleyin.
flow-from-directory = Bu yöntemi kuruluşunuz ayarladı; buradan kaldırılamaz.
flow-backup-off = Yedek kodlar burada kapalı.
flow-regeneration-off = Burada yeni yedek kod oluşturulamıyor. Yöneticinize danışın.
flow-unavailable = Güvenlik geçidi şu anda kendi verilerine ulaşamıyor. Birazdan tekrar deneyin.
flow-yubico-away = YubiKey’iniz şu anda denetlenemiyor. Birazdan tekrar deneyin veya başka bir yöntem kullanın.
flow-go-on = { $what } { $span } sonra devam edebilirsiniz ({ $when }).
flow-instead = { $what } Bunun yerine şunu kullanabilirsiniz: { $method }.

## Why a message was not sent

trouble-recipient = Kayıtlı adresinize veya numaranıza mesaj gönderilemiyor. Yöneticinizden düzeltmesini isteyin veya başka bir yöntem kullanın.
trouble-opted-out = Telefonunuz bu mesajların aboneliğinden çıkmış. Son mesaja START yanıtını gönderin veya başka bir yöntem kullanın.
trouble-setup = Kodunuzu içeren mesaj gönderilemedi. Yöneticinize haber verin veya başka bir yöntem kullanın.
trouble-later = Kodunuzu içeren mesaj şu anda gönderilemedi. Birazdan tekrar deneyin veya başka bir yöntem kullanın.
trouble-unknown = Kodunuzu içeren mesajın gönderildiği kesin değil. Bir dakika içinde gelmezse yenisini isteyin veya başka bir yöntem kullanın.

## Answers of the API

api-second-factor-title = İkinci doğrulama adımı gerekli
api-second-factor = İkinci doğrulama adımını tamamlayın, sonra bunu yeniden gönderin.
api-code-sent = Kod gönderildi.
api-touch-key = Anahtarınıza dokunun.
api-touch-yubikey = YubiKey’inize dokunun ve yazdığı parolayla onaylayın.
api-removed = Yöntem kaldırıldı.
api-primary-changed = Birincil yöntem değiştirildi.

### Methods

method-email = E-posta
method-sms = SMS
method-app = Kimlik doğrulama uygulaması
method-yubikey = YubiKey
method-webauthn = Geçiş anahtarı veya güvenlik anahtarı
method-backup = Yedek kod

### Messages

## The e-mail with a code

mail-subject = Doğrulama kodunuz
mail-code = { $code }, { $brand } ({ $host }) için doğrulama kodunuzdur.
mail-code-below = <strong>{ $brand }</strong> ({ $host }) için doğrulama kodunuz:
mail-works-once = { $minutes ->
    [one] Oturum açtığınız tarayıcıda, { $minutes } dakika boyunca ve yalnızca bir kez geçerlidir.
   *[other] Oturum açtığınız tarayıcıda, { $minutes } dakika boyunca ve yalnızca bir kez geçerlidir.
}
mail-asked-by = İsteyen: { $user }, { $when }
mail-asked-from = Nereden: { $network }, { $browser }
mail-not-you = Bunu siz istemediyseniz biri parolanızı biliyor: kodu kimseyle paylaşmayın ve parolanızı hemen değiştirin.

## The e-mail about a change

notice-added = İkinci doğrulama yöntemi eklendi: { $method }
notice-removed = İkinci doğrulama yöntemi kaldırıldı: { $method }
notice-backup-used = { $left ->
    [one] Bir yedek kod kullanıldı, { $left } kod kaldı
   *[other] Bir yedek kod kullanıldı, { $left } kod kaldı
}
notice-opening = { $what }. İlgili hesap: { $user }, { $brand } ({ $host }).
notice-account = Hesabınız: { $user }, <strong>{ $brand }</strong> ({ $host }).
notice-when = Ne zaman: { $when }
notice-from = Nereden: { $network }, { $browser }
notice-from-small = { $network }, { $browser }
notice-not-you = Bunu siz yaptıysanız bir şey yapmanız gerekmez. Siz yapmadıysanız hesabınıza biri girmiş olabilir: parolanızı hemen değiştirin ve yöneticinize haber verin.

## Text messages

# In letters of GSM 03.38 only: others would halve what fits into one message.
sms-code-brand = { $code }, { $brand } kodunuzdur.
sms-code = { $code } kodunuzdur.
