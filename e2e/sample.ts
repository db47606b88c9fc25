import type { Person } from './browser.js'

/** Signs in by one click as somebody of the sample company. */
export async function enterAs({ page }: Person, url: string, name: string): Promise<void> {
  await page.goto(`${url}/signin`)
  await page.getByRole('button', { name: new RegExp(name) }).click()
  await page.getByText('栖岸家居全员群').first().waitFor()
}

/** An operation as the person signed in. */
export async function call<T>({ page }: Person, operation: string, input: unknown): Promise<T> {
  return page.evaluate(
    async ([name, body]) => {
      const answer = await fetch(`/api/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'request-id': crypto.randomUUID() },
        body: JSON.stringify(body),
      })
      if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`)
      return answer.json()
    },
    [operation, input] as const,
  ) as Promise<T>
}

/** The direct conversation of the two, open on both their screens. */
export async function meet(ann: Person, bo: Person, boName: string): Promise<string> {
  const found = await call<{ people: { id: string; name: string }[] }>(ann, 'directory.search', {
    text: boName,
    limit: 10,
  })
  const other = found.people.find(({ name }) => name === boName)?.id
  const { conversation } = await call<{ conversation: { id: string } }>(ann, 'messaging.openDirect', { with: other })
  for (const { page } of [ann, bo]) {
    await page.goto(new URL(`/chat/${conversation.id}`, page.url()).href)
    await page.getByRole('log').waitFor()
  }
  return conversation.id
}
