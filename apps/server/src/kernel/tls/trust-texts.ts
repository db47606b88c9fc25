/** What the trust page says, in both languages. Text is HTML of ours, with nothing from outside in it. */
interface TrustTexts {
  title: string
  lead: string
  compare: string
  compareHow: string
  install: string
  certificate: string
  profile: string
  profileFor: string
  open: string
  openHow: string
  limits: string
  other: { language: string; name: string }
  devices: Record<Device, { name: string; steps: string[] }>
}

export type Device = 'windows' | 'macos' | 'ios' | 'android' | 'linux' | 'firefox'

const debian = 'sudo cp heyi-authority.crt /usr/local/share/ca-certificates/ &amp;&amp; sudo update-ca-certificates'
const fedora = 'sudo trust anchor heyi-authority.crt'

const en: TrustTexts = {
  title: 'Trust this Heyi server',
  lead: 'This server encrypts its connections with a certificate of its own. Install its authority once on each phone and computer: the browser stops warning, and notifications, voice, screen sharing and pasting work.',
  compare: 'Compare the fingerprint',
  compareHow:
    'The server printed this SHA-256 fingerprint in its terminal, and your device shows it in the details of the certificate. Trust it only if all three are the same.',
  install: 'Install it on this device',
  certificate: 'Certificate',
  profile: 'Profile',
  profileFor: 'iPhone, iPad, Mac',
  open: 'Open Heyi',
  openHow: 'Close the browser once if it still warns.',
  limits:
    'This authority can sign only for the names of this server and for bare IP addresses, never for other websites. Its key does not leave the server. To undo it, delete the certificate “Heyi …” from the same place.',
  other: { language: 'zh-CN', name: '中文' },
  devices: {
    windows: {
      name: 'Windows',
      steps: [
        'Download the certificate and open it.',
        'Choose <b>Install Certificate…</b> and then <b>Current User</b>.',
        'Choose <b>Place all certificates in the following store</b>, and there <b>Trusted Root Certification Authorities</b>.',
        'Finish, and confirm the security warning.',
      ],
    },
    macos: {
      name: 'macOS',
      steps: [
        'Download the certificate and open it; it is added to <b>Keychain Access</b> (login).',
        'Double-click it there, open <b>Trust</b>, and choose <b>Always Trust</b>.',
        'Close the window and enter your password.',
      ],
    },
    ios: {
      name: 'iPhone and iPad',
      steps: [
        'Download the profile in <b>Safari</b> and allow it.',
        'Open <b>Settings</b>, tap <b>Profile Downloaded</b> and install it.',
        'Open <b>Settings → General → About → Certificate Trust Settings</b> and switch Heyi on.',
      ],
    },
    android: {
      name: 'Android',
      steps: [
        'Download the certificate.',
        'Search the settings for <b>CA certificate</b> (often Security → More security settings → Encryption and credentials → Install a certificate).',
        'Choose <b>CA certificate</b>, then <b>Install anyway</b>, and the downloaded file.',
      ],
    },
    linux: {
      name: 'Linux',
      steps: [
        `Debian, Ubuntu: <code>${debian}</code>`,
        `Fedora, openSUSE, Arch: <code>${fedora}</code>`,
        'Chromium and Chrome: <b>Settings → Privacy and security → Security → Manage certificates</b>, import it as an authority for websites.',
      ],
    },
    firefox: {
      name: 'Firefox',
      steps: [
        'On Windows, macOS and Android it takes what the system trusts; elsewhere click <b>Certificate</b> above.',
        'Tick <b>Trust this CA to identify websites</b>.',
        'If it was saved instead: <b>Settings → Privacy &amp; Security → View Certificates → Authorities → Import</b>.',
      ],
    },
  },
}

const zh: TrustTexts = {
  title: '信任这台合一服务器',
  lead: '这台服务器用自己的证书加密连接。在每台手机和电脑上安装一次它的根证书，浏览器就不再警告，通知、语音、屏幕共享和粘贴也都能用。',
  compare: '核对指纹',
  compareHow: '服务器在终端里打印了这个 SHA-256 指纹，设备在证书详情里也会显示。三处完全一致才信任。',
  install: '安装到这台设备',
  certificate: '证书',
  profile: '描述文件',
  profileFor: 'iPhone、iPad、Mac',
  open: '打开合一',
  openHow: '如果仍有警告，请先完全关闭浏览器再打开。',
  limits:
    '这个根证书只能为这台服务器的名称和 IP 地址签发证书，不能冒充其他网站；它的私钥不会离开服务器。要撤销信任，在同一处删除名为“Heyi …”的证书即可。',
  other: { language: 'en', name: 'English' },
  devices: {
    windows: {
      name: 'Windows',
      steps: [
        '下载证书并打开。',
        '点<b>安装证书…</b>，选<b>当前用户</b>。',
        '选<b>将所有的证书都放入下列存储</b>，再选<b>受信任的根证书颁发机构</b>。',
        '完成，并在安全警告里确认。',
      ],
    },
    macos: {
      name: 'macOS',
      steps: [
        '下载证书并打开，它会加入<b>钥匙串访问</b>（登录）。',
        '在那里双击它，展开<b>信任</b>，选<b>始终信任</b>。',
        '关闭窗口并输入密码。',
      ],
    },
    ios: {
      name: 'iPhone 和 iPad',
      steps: [
        '用 <b>Safari</b> 下载描述文件，点允许。',
        '打开<b>设置</b>，点<b>已下载描述文件</b>并安装。',
        '打开<b>设置 → 通用 → 关于本机 → 证书信任设置</b>，打开 Heyi 的开关。',
      ],
    },
    android: {
      name: '安卓、鸿蒙',
      steps: [
        '下载证书。',
        '在设置里搜索 <b>CA 证书</b>（一般在：安全 → 更多安全设置 → 加密与凭据 → 安装证书）。',
        '选 <b>CA 证书</b>，点<b>仍然安装</b>，再选下载的文件。',
      ],
    },
    linux: {
      name: 'Linux',
      steps: [
        `Debian、Ubuntu、统信、麒麟：<code>${debian}</code>`,
        `Fedora、openSUSE、Arch：<code>${fedora}</code>`,
        'Chromium、Chrome：<b>设置 → 隐私和安全 → 安全 → 管理证书</b>，导入为网站的授权机构。',
      ],
    },
    firefox: {
      name: 'Firefox',
      steps: [
        '在 Windows、macOS、安卓上它采用系统的信任；在其他系统上直接点上面的<b>证书</b>。',
        '勾选<b>信任由此证书颁发机构来标识网站</b>。',
        '如果文件被保存了：<b>设置 → 隐私与安全 → 查看证书 → 证书颁发机构 → 导入</b>。',
      ],
    },
  },
}

export const trustTexts = { 'zh-CN': zh, en }
