/** What messages carry beside words: links, files. Part of `zh-CN.ts`. */
export const chatTab = '聊天'

export const kinds = {
  linkCard: {
    open: '打开链接：{{title}}，{{site}}',
  },
  filesOf: {
    title: '文件',
    search: '按名称查找文件',
    kind: '类型',
    group: { all: '全部', documents: '文档', images: '图片', media: '音视频' },
    jump: '到「{{name}}」所在的消息',
    none: '没有找到这样的文件',
    empty: '这里还没有文件',
  },
  fileViewer: {
    title: '文件 {{name}}',
    open: '打开 {{name}}',
    previous: '上一个文件',
    next: '下一个文件',
    cut: '文件较大，只显示开头 {{size}}；完整内容请下载',
    content: '压缩包里的文件',
    entries_one: '{{count}} 项，解压后约 {{size}}',
    entries_other: '{{count}} 项，解压后约 {{size}}',
    firstEntries_one: '显示前 {{count}} 项',
    firstEntries_other: '显示前 {{count}} 项',
    pages_one: '共 {{count}} 页',
    pages_other: '共 {{count}} 页',
    page: '第 {{number}} 页',
    pageBroken: '第 {{number}} 页无法显示',
    document: '文档 {{name}}',
    sheets: '工作表',
    sheetCut: '表格较大，只显示前面的行和列；完整内容请下载',
    sheetEmpty: '这张工作表是空的',
    fail: {
      large: '文件太大，不能在这里查看',
      broken: '这个文件无法打开',
      unknown: '这种文件不能在这里查看',
    },
    failText: '可以下载后用其他程序打开。',
  },
  readMark: {
    read: '已读',
    unread: '未读',
    some: '{{read}} / {{total}} 人已读',
    all: '全部已读',
    note: '公司已开启已读显示：你读过消息后，发送者会看到已读；在群里只看到人数，看不到是谁。',
    noteHidden: '公司没有开启已读显示：你读没读，别人看不到。要求回执的消息除外，它会先告诉你。',
  },
  chatPolicy: {
    reads: '已读显示',
    readsText:
      '默认关闭：没有人能看到别人是否读过消息。打开后，发送者在单聊里能看到已读或未读，在群里只能看到已读的人数，看不到是谁；同事可在“设置 → 隐私”看到这里的选择。需要确认的事，请用回执。',
    readsOn: '让发送者看到已读',
    links: '链接预览',
    linksText:
      '打开后，消息里有链接时，由本服务器去读取那个网页的标题、简介和小图，显示在消息下方。默认关闭：内部服务器不应在没人要求时访问外网。同事的浏览器不会因此连接别的网站；指向内网的地址一律不会访问。',
    linksOn: '显示链接预览',
  },
}
