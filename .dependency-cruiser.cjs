// Who may import whom: STYLE.md section 4.
const server = '^apps/server/src/'
const aModule = `${server}modules/([^/]+)/`
const door = '/index\\.ts$'
const test = '(\\.test\\.tsx?$|/test/)'
const notTypes = { dependencyTypesNot: ['type-only'] }
const rule = (name, from, to) => ({ name, severity: 'error', from, to })

module.exports = {
  forbidden: [
    rule('no-cycles', {}, { circular: true, viaOnly: notTypes }),
    rule(
      'contract-is-a-leaf',
      { path: '^packages/contract/', pathNot: test },
      { pathNot: ['^packages/contract/', '/zod/'] },
    ),
    rule(
      'kernel-knows-no-module',
      { path: `${server}kernel/`, pathNot: test },
      { path: `${server}(modules|facades)/` },
    ),
    rule(
      'modules-meet-at-index',
      { path: aModule, pathNot: test },
      { path: aModule, pathNot: [`${server}modules/$1/`, door] },
    ),
    rule(
      'modules-know-no-facade',
      { path: aModule, pathNot: test },
      { path: `${server}(facades/|app\\.ts|main\\.ts)` },
    ),
    rule('facades-use-the-door', { path: `${server}facades/` }, { path: aModule, pathNot: door }),
    rule(
      'rules-are-pure',
      { path: ['/rules\\.ts$', '/rules/[^/]+\\.ts$'], pathNot: '\\.test\\.ts$' },
      {
        pathNot: [
          '^packages/contract/',
          '/rules(/|\\.ts$)',
          `${server}kernel/(errors|may)\\.ts$`,
          'node_modules/(temporal-polyfill|rrule|@marcbachmann/cel-js)/',
        ],
        ...notTypes,
      },
    ),
    // Types of kysely travel: a service passes a transaction on. The calls stay in stores and the kernel.
    rule(
      'sql-lives-in-stores',
      {
        path: server,
        pathNot: [`${server}kernel/`, '[/-]store\\.ts$', '/store/[^/]+\\.ts$', `${server}operator/`, test],
      },
      { path: 'node_modules/(kysely|pg)/', ...notTypes },
    ),
    rule('clients-know-no-server', { path: '^(apps/(?!server/)|packages/)' }, { path: '^apps/server/' }),
    rule('client-knows-no-platform', { path: '^packages/client/src/', pathNot: test }, { dependencyTypes: ['core'] }),
    rule('ui-knows-no-product', { path: '^packages/ui/' }, { path: '^(apps|packages/(client|contract))/' }),
    rule('no-test-code-in-src', { path: '^(apps|packages)/', pathNot: test }, { path: test }),
  ],
  // tsPreCompilationDeps: a type-only import crosses a boundary too.
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.heyi-build)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
