import type { lookup } from 'node:dns'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { startSite } from '../../test/web-site.js'
import { type Fetching, fetchOutside, InsideAddress, isInside, type Reach } from './outbound.js'

// A little internet on this machine: 127.0.0.1 stands for what is outside, everything else of it lies inside.

const names = (answers: Record<string, string[]>): Reach => ({
  lookup: ((name: string, _options: unknown, done: (error: Error | null, found?: unknown) => void) => {
    const found = answers[name]?.shift()
    if (found === undefined) return done(new Error(`nobody knows ${name}`))
    done(
      null,
      found.split(' ').map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }) as unknown as typeof lookup,
  isInside: (address) => address !== '127.0.0.1' && isInside(address),
  anyPort: true,
})

const fetching = (url: string, reach: Reach, more: Partial<Fetching> = {}): Fetching => ({
  url,
  reach,
  headers: {},
  wants: (type) => type.startsWith('text/html'),
  mostBytes: 1_000,
  totalMs: 5_000,
  redirects: 3,
  ...more,
})

test('a page outside is read, and redirects are followed so far', async () => {
  await using site = await startSite((request, response) => {
    const step = Number(request.url?.slice(1))
    if (step > 0) return response.writeHead(302, { location: `/${step - 1}` }).end()
    response.writeHead(200, { 'content-type': 'text/html' }).end('hello')
  })
  const reach = () => names({ 'out.test': Array.from({ length: 9 }, () => '127.0.0.1') })
  const url = `http://out.test:${site.port}`
  expect(await fetchOutside(fetching(`${url}/3`, reach()))).toMatchObject({
    url: `${url}/0`,
    bytes: Buffer.from('hello'),
    cut: false,
  })
  expect(await fetchOutside(fetching(`${url}/4`, reach()))).toBeNull()
})

test('nothing leads inside: no address, no name, no redirect, and no name that means another address the second time', async () => {
  await using secret = await startSite((_, response) => response.end('secret'), '127.0.0.2')
  const { port } = secret
  const inside = `http://127.0.0.2:${port}/`
  await using site = await startSite((request, response) => {
    const location =
      request.url === '/again'
        ? `http://out.test:${port}/`
        : request.url === '/name'
          ? `http://in.test:${port}/`
          : inside
    response.writeHead(302, { location }).end()
  })
  const reach = (second: string) =>
    names({ 'out.test': ['127.0.0.1', second], 'in.test': ['127.0.0.2'], 'both.test': ['127.0.0.1 127.0.0.2'] })
  const refused = [
    inside,
    `http://[::ffff:127.0.0.2]:${port}/`,
    `http://2130706434:${port}/`,
    `http://0x7f.2:${port}/`,
    `http://[::1]:${port}/`,
    'http://169.254.169.254/latest/meta-data/',
    `http://in.test:${port}/`,
    `http://both.test:${port}/`,
    `http://out.test:${site.port}/`,
    `http://out.test:${site.port}/name`,
    `http://out.test:${site.port}/again`,
  ]
  for (const url of refused)
    await expect(fetchOutside(fetching(url, reach('127.0.0.2'))), url).rejects.toThrow(InsideAddress)
  expect(secret.asked).toEqual([])
  expect(site.asked).toEqual(['/', '/name', '/again'])
})

test('other protocols, passwords, and by default other ports are refused', async () => {
  await using site = await startSite((_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end())
  const open = () => names({ 'out.test': ['127.0.0.1'] })
  await expect(fetchOutside(fetching(`http://out.test:${site.port}/`, open()))).rejects.toThrow('not an address')
  await expect(fetchOutside(fetching('http://a:b@out.test/', open()))).rejects.toThrow('not an address')
  await expect(fetchOutside(fetching(`http://out.test:${site.port}/`, { ...open(), anyPort: false }))).rejects.toThrow(
    'not a port',
  )
})

test('what is endless is cut, what is slow or broken off is given up, what is packed or of another kind is not read', async () => {
  let sent = 0
  await using site = await startSite((request, response) => {
    const head = (type: string, more = {}) => response.writeHead(200, { 'content-type': type, ...more })
    if (request.url === '/endless') {
      head('text/html')
      const more = () => {
        sent += 1_000
        if (!response.destroyed && sent < 50_000_000) response.write('x'.repeat(1_000), () => setImmediate(more))
      }
      more()
    } else if (request.url === '/slow') {
      head('text/html')
      response.write('<title>')
    } else if (request.url === '/broken') {
      head('text/html', { 'content-length': '900' })
      response.write('<title>', () => response.destroy())
    } else if (request.url === '/packed') head('text/html', { 'content-encoding': 'gzip' }).end(gzipSync('x'))
    else if (request.url === '/film') head('video/mp4').end('x'.repeat(100_000))
    else if (request.url !== '/silent') response.writeHead(404).end()
  })
  const get = (path: string, totalMs = 5_000) =>
    fetchOutside(fetching(`http://out.test:${site.port}/${path}`, names({ 'out.test': ['127.0.0.1'] }), { totalMs }))
  expect(await get('endless')).toMatchObject({ cut: true, bytes: Buffer.from('x'.repeat(1_000)) })
  expect(sent).toBeLessThan(50_000_000)
  await expect(get('slow', 300)).rejects.toThrow()
  await expect(get('silent', 300)).rejects.toThrow()
  await expect(get('broken')).rejects.toThrow()
  for (const path of ['packed', 'film', 'nothing']) expect(await get(path)).toBeNull()
})
