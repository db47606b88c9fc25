import { type Device, trustTexts } from './trust-texts.js'

export interface TrustPage {
  language: keyof typeof trustTexts
  /** The browser’s User-Agent: its device’s steps are open. */
  agent: string
  /** Where Heyi is. */
  url: string
  fingerprint: string
}

/** The page as HTML: no script, no other file, for it must work before anything is trusted. */
export function trustPage({ language, agent, url, fingerprint }: TrustPage): string {
  const texts = trustTexts[language]
  const own = deviceOf(agent)
  const order = Object.entries(texts.devices).sort(([a], [b]) => Number(b === own) - Number(a === own))
  const devices = order.map(
    ([device, { name, steps }]) =>
      `<details${device === own ? ' open' : ''}><summary>${name}</summary><ol>${steps.map((step) => `<li>${step}</li>`).join('')}</ol></details>`,
  )
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${texts.title} · Heyi 合一</title><style>${css}</style></head>
<body><main>
<header>${logo}<a href="/trust?lang=${texts.other.language}" lang="${texts.other.language}">${texts.other.name}</a></header>
<h1>${texts.title}</h1>
<p>${texts.lead}</p>
<h2>1. ${texts.compare}</h2>
<p>${texts.compareHow}</p>
<p class="print">${printed(fingerprint)}</p>
<h2>2. ${texts.install}</h2>
<p class="files"><a class="file" href="/trust/heyi-authority.crt"><b>${texts.certificate}</b><span>heyi-authority.crt</span></a>
<a class="file" href="/trust/heyi.mobileconfig"><b>${texts.profile}</b><span>${texts.profileFor}</span></a></p>
${devices.join('\n')}
<h2>3. <a href="${escaped(url)}">${texts.open}</a></h2>
<p>${texts.openHow} <span class="address">${escaped(url)}</span></p>
<footer>${texts.limits}</footer>
</main></body></html>
`
}

function deviceOf(agent: string): Device {
  if (/Android|HarmonyOS/i.test(agent)) return 'android'
  if (/iPhone|iPad/i.test(agent)) return 'ios'
  if (/Mac OS X/i.test(agent)) return 'macos'
  if (/Windows/i.test(agent)) return 'windows'
  return /Firefox/i.test(agent) ? 'firefox' : 'linux'
}

/** Four lines of eight pairs, as people compare them. */
const printed = (fingerprint: string): string =>
  fingerprint
    .split(':')
    .map((pair) => `<span>${pair}</span>`)
    .join('')

const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

const logo =
  '<svg width="44" height="44" viewBox="0 0 48 48" role="img" aria-label="Heyi 合一"><rect width="48" height="48" rx="13" fill="#0d6a6f"/><g fill="none" stroke-width="4.8" stroke-linecap="round" stroke-linejoin="round"><path d="M24 11c2.8 7 8.2 12.6 15 16" stroke="#f0a26c"/><path d="M24 11c-2.8 7-8.2 12.6-15 16" stroke="#fff"/><path d="M14.5 36.6h19" stroke="#fff"/></g></svg>'

/** Values of the design’s tokens, which live in the web client’s build and would need a request of their own. */
const css = `
:root{color-scheme:light dark;--app:#eeefec;--surface:#fff;--sunken:#f5f6f4;--fg:#191d1b;--fg-2:#565d58;--line:#cfd2cd;--brand:#0d6a6f;--brand-fg:#0e565c;--soft:#eaf5f4;--link:#3454a8}
@media(prefers-color-scheme:dark){:root{--app:#0f1211;--surface:#191d1c;--sunken:#131716;--fg:#e7eae8;--fg-2:#b4bab6;--line:#39413e;--brand:#0f757a;--brand-fg:#76c5c3;--soft:#143032;--link:#9db3ec}}
*{box-sizing:border-box}
body{margin:0;background:var(--app);color:var(--fg);font:16px/24px "Inter",-apple-system,BlinkMacSystemFont,"PingFang SC","HarmonyOS Sans SC","MiSans","Microsoft YaHei UI","Noto Sans SC","Noto Sans CJK SC",sans-serif}
main{max-width:640px;margin:0 auto;min-height:100vh;background:var(--surface);padding:24px 24px 40px}
@media(min-width:720px){main{margin:32px auto;min-height:0;border-radius:12px;padding:32px 40px 40px}}
header{display:flex;align-items:center;justify-content:space-between}
h1{font-size:24px;line-height:34px;font-weight:600;margin:20px 0 8px}
h2{font-size:18px;line-height:26px;font-weight:600;margin:32px 0 8px}
p{margin:0 0 12px;color:var(--fg-2)}
a{color:var(--link)}
.print{display:grid;grid-template-columns:repeat(8,1fr);gap:2px 4px;max-width:420px;padding:12px 16px;border-radius:8px;background:var(--soft);color:var(--brand-fg);font:500 16px/26px ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,monospace;text-align:center}
.files{display:flex;flex-wrap:wrap;gap:12px;margin:12px 0 20px}
.file{flex:1 1 200px;display:flex;flex-direction:column;min-height:56px;justify-content:center;padding:8px 16px;border-radius:8px;background:var(--brand);color:#fff;text-decoration:none}
.file b{font-weight:600}.file span{font-size:13px;line-height:20px}
details{border-top:1px solid var(--line)}details:last-of-type{border-bottom:1px solid var(--line)}
summary{padding:12px 0;font-weight:500;cursor:pointer}
ol{margin:0 0 16px;padding-left:24px;color:var(--fg-2)}li{margin:0 0 8px}li b{color:var(--fg);font-weight:500}
code{display:block;margin-top:4px;padding:8px 12px;border-radius:6px;background:var(--sunken);color:var(--fg);font:13px/20px ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.address{overflow-wrap:anywhere;color:var(--fg)}
a:focus-visible,summary:focus-visible{outline:2px solid var(--brand);outline-offset:2px}
footer{margin-top:32px;font-size:13px;line-height:20px;color:var(--fg-2)}
`
