import { z } from 'zod'

type Json = z.core.JSONSchema.BaseSchema
type Io = 'input' | 'output'

const inlineWidth = 96
/** Comments stand in a column of their own where the lines of an object are short enough. */
const commentColumn = 36
const noteWidth = 118

/** Writes schemas of the contract as TypeScript, exported ones by their names. */
export class Shapes {
  readonly #names = new Map<string, z.ZodType>()

  /** @param modules the contract's, each with its exports */
  constructor(modules: Record<string, unknown>[]) {
    for (const [name, value] of modules.flatMap((exports) => Object.entries(exports))) {
      if (!(value instanceof z.ZodType) || !/^[A-Z]/.test(name) || name === 'Empty') continue
      this.#names.set(name, value)
      z.globalRegistry.add(value, { ...value.meta(), id: name })
    }
  }

  /** A schema as an expression; what has a name is referred to by it. */
  type(schema: z.ZodType, io: Io): string {
    return typeOf(toJson(schema, io), '')
  }

  /** `type Name = …` for every named shape, in the order of the contract, with what is said of it. */
  definitions(): string[] {
    return [...this.#names].map(([name, schema]) => {
      const whole = toJson(schema, 'input')
      const json = whole.$defs?.[name] ?? whole
      const notes = notesOf(json as Json, true)
      return `${notes ? `/** ${notes} */\n` : ''}type ${name} = ${typeOf(json as Json, '')}`
    })
  }
}

function toJson(schema: z.ZodType, io: Io): Json {
  return z.toJSONSchema(schema, { io, unrepresentable: 'any' })
}

const refName = (json: Json): string | undefined => json.$ref?.replace('#/$defs/', '')

function typeOf(json: Json, indent: string): string {
  const ref = refName(json)
  if (ref) return ref
  if (json.const !== undefined) return quote(json.const)
  if (json.enum) return json.enum.map(quote).join(' | ')
  const choices = (json.oneOf ?? json.anyOf) as Json[] | undefined
  if (choices) return union(choices, indent)
  if (json.allOf) return json.allOf.map((part) => typeOf(part as Json, indent)).join(' & ')
  if (json.prefixItems) return `[${json.prefixItems.map((item) => typeOf(item as Json, indent)).join(', ')}]`
  if (json.type === 'array') return arrayOf(typeOf((json.items ?? {}) as Json, indent))
  if (json.type === 'object') return objectOf(json, indent)
  if (Array.isArray(json.type)) return json.type.map((type) => typeOf({ ...json, type } as Json, indent)).join(' | ')
  if (json.type === 'integer' || json.type === 'number') return 'number'
  return typeof json.type === 'string' ? json.type : 'unknown'
}

const quote = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : String(value))
const arrayOf = (item: string): string => (/ [|&] /.test(item) && !item.startsWith('{') ? `(${item})[]` : `${item}[]`)

function union(choices: Json[], indent: string): string {
  const parts = choices.map((choice) => typeOf(choice, indent))
  const line = parts.join(' | ')
  if (line.length + indent.length <= inlineWidth && !line.includes('\n')) return line
  if (parts.length === 2 && parts[1] === 'null') return line
  return choices.map((choice) => `\n${indent}  | ${typeOf(choice, `${indent}    `)}`).join('')
}

function objectOf(json: Json, indent: string): string {
  const entries = Object.entries(json.properties ?? {}) as [string, Json][]
  if (entries.length === 0) {
    const values = json.additionalProperties
    return typeof values === 'object' ? `Record<string, ${typeOf(values as Json, indent)}>` : '{}'
  }
  const required = new Set(json.required ?? [])
  const fields = entries.map(([name, field]) => ({
    head: `${name}${required.has(name) ? '' : '?'}: ${typeOf(field, `${indent}  `)}`,
    notes: notesOf(field, false),
  }))
  const line = `{ ${fields.map(({ head }) => head).join('; ')} }`
  const plain = fields.every(({ notes }) => notes === '') && !line.includes('\n')
  if (plain && line.length + indent.length <= inlineWidth) return line
  const lines = fields.map(({ head, notes }) => {
    const whole = `${indent}  ${head}`
    if (notes === '') return whole
    if (whole.includes('\n') || whole.length + notes.length + 4 > noteWidth) return `${indent}  // ${notes}\n${whole}`
    return `${whole}${' '.repeat(Math.max(1, commentColumn - whole.length))}// ${notes}`
  })
  return `{\n${lines.join('\n')}\n${indent}}`
}

/**
 * What a type cannot say: limits, form and the description. Of a named shape its own page says it; but a field that adds
 * words of its own keeps them.
 */
function notesOf(json: Json, ofName: boolean): string {
  if (json.$ref && !ofName) return json.description ?? ''
  const choices = ((json.anyOf ?? []) as Json[]).filter((choice) => choice.type !== 'null' && !choice.$ref)
  const limits = [json, ...(choices.length === 1 ? choices : [])].flatMap(limitsOf)
  const about = json.description ?? (choices.length === 1 ? choices[0]?.description : undefined)
  return [...(limits.length > 0 ? [limits.join(', ')] : []), ...(about ? [about] : [])].join('. ')
}

function limitsOf(json: Json): string[] {
  const { minLength, maxLength, minimum, maximum, minItems, maxItems, pattern, format } = json
  const safe = Number.MAX_SAFE_INTEGER
  const ofItems = json.type === 'array' ? limitsOf((json.items ?? {}) as Json).map((limit) => `each ${limit}`) : []
  return [
    json.type === 'integer' && 'whole',
    range(minimum === -safe ? undefined : minimum, maximum === safe ? undefined : maximum, ''),
    range(minLength, maxLength, ' characters'),
    range(minItems, maxItems, ' items'),
    format && format !== 'regex' && `form ${format}`,
    pattern && !format && `/${pattern}/`,
    ...ofItems,
  ].filter((limit) => typeof limit === 'string' && limit !== '') as string[]
}

function range(least: number | undefined, most: number | undefined, what: string): string {
  const [min, max] = [least, most].map((bound) => bound?.toLocaleString('en-US'))
  if (min !== undefined && max !== undefined) return min === max ? `${min}${what}` : `${min} to ${max}${what}`
  if (min !== undefined) return `at least ${min}${what}`
  return max === undefined ? '' : `at most ${max}${what}`
}
