const dropped = 'script,iframe,object,embed,link,meta,base,form,input,button,audio,video,svg script,foreignObject'

/** Pages on a desk; whatever names no size or margin gets one, and on a phone all fit its width. */
const paper = `body{margin:0;background:#f1f2f0}.docx-wrapper{background:none!important;padding:16px!important}
section.docx{box-sizing:border-box;max-width:100%;min-height:60vh!important}
section.docx:not([style*=width]){width:595pt!important;padding:56pt!important}
@media(max-width:640px){.docx-wrapper{padding:8px!important}section.docx{padding:20px!important;overflow-x:auto}}`

/** A page of what a document was drawn as: without anything that runs, loads from elsewhere or asks for something. */
export function safeMarkup(style: HTMLElement, body: HTMLElement): string {
  for (const part of [style, body]) {
    for (const element of part.querySelectorAll(dropped)) element.remove()
    for (const element of part.querySelectorAll('*')) {
      for (const { name, value } of [...element.attributes]) {
        const plain = name.toLowerCase()
        if (plain.startsWith('on') || plain === 'srcset' || plain === 'srcdoc') element.removeAttribute(name)
        else if ((plain === 'src' || plain === 'data' || plain === 'poster') && !/^(data:image\/|blob:)/i.test(value))
          element.removeAttribute(name)
        else if (plain.endsWith('href') && !/^(https?:|mailto:|#)/i.test(value)) element.removeAttribute(name)
      }
      if (element instanceof HTMLAnchorElement) {
        element.target = '_blank'
        element.rel = 'noopener noreferrer'
      }
    }
  }
  for (const sheet of style.querySelectorAll('style'))
    sheet.textContent = (sheet.textContent ?? '')
      .replace(/@import[^;]*;?/gi, '')
      .replace(/url\((?!\s*["']?data:image\/)[^)]*\)/gi, 'none')
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'"><body>${style.innerHTML}<style>${paper}</style>${body.innerHTML}</body>`
}
