import type { TestServer } from './server.js'

/** An owner, an admin and a member of one company, and an owner of another. */
export async function people(server: TestServer) {
  const [mine, theirs] = [await server.tenant('甲'), await server.tenant('乙')]
  const [owner, admin, plain, stranger] = [
    await server.member({ tenant: mine, role: 'owner', name: '顾南乔' }),
    await server.member({ tenant: mine, role: 'admin', name: '唐一鸣' }),
    await server.member({ tenant: mine, name: '程小满' }),
    await server.member({ tenant: theirs, role: 'owner', name: '外人' }),
  ]
  return { owner, admin, plain, stranger }
}
