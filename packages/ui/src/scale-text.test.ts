import { expect, test } from 'vitest'
import { scaleText } from './scale-text'

test('type, heights and small widths follow the text size; lines, panes and spaces stay', () => {
  expect(
    scaled({
      font: '500 13px / 20px var(--font-sans)',
      'min-height': '44px',
      width: '32px',
      padding: '0 12px',
      'max-height': '160px',
    }),
  ).toEqual({
    font: '500 0.8125rem / 1.25rem var(--font-sans)',
    'min-height': 'max(44px, 2.75rem)',
    width: 'max(32px, 2rem)',
    padding: '0 12px',
    'max-height': '10rem',
  })
  expect(scaled({ '--t-14': '14px / 22px var(--font-sans)' })).toEqual({
    '--t-14': '0.875rem / 1.375rem var(--font-sans)',
  })
  const stays = { width: '280px', height: '1px', 'border-radius': '6px', 'max-height': 'calc(100dvh - 16px)' }
  expect(scaled(stays)).toEqual(stays)
})

function scaled(rule: Record<string, string>): Record<string, string> {
  const declarations = Object.entries(rule).map(([prop, value]) => ({ prop, value }))
  scaleText().Once({
    walkRules: (visit) => visit({ walkDecls: (each) => declarations.forEach((declaration) => each(declaration)) }),
  })
  return Object.fromEntries(declarations.map(({ prop, value }) => [prop, value]))
}
