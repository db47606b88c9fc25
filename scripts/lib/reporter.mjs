import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { root } from './root.mjs'

const noReason = 'no reason given (say it with ctx.skip(reason))'

/**
 * A vitest reporter that writes what `scripts/test.mjs` sums up to the file named by `HEYI_TEST_RESULTS`:
 * `{ passed, failed, failures: [{ name, reason }], skipped: [{ name, reason }], files: [{ name, ms }] }`; `failures` names
 * as many as can be named.
 */
export default class ResultsReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const results = { passed: 0, failed: unhandledErrors.length, failures: [], skipped: [], files: [] }
    for (const error of unhandledErrors)
      results.failures.push({ name: 'outside of any test', reason: reasonOf([error]) })
    for (const module of modules) {
      const file = relative(root, module.moduleId)
      results.files.push({ name: file, ms: Math.round(wholeMs(module.diagnostic())) })
      // A file that does not load and a hook that fails are failures that belong to no test.
      addErrors(results, file, module.errors())
      for (const suite of module.children.allSuites()) addErrors(results, `${file} > ${suite.fullName}`, suite.errors())
      for (const test of module.children.allTests()) count(results, file, test)
    }
    writeFileSync(process.env.HEYI_TEST_RESULTS, JSON.stringify(results))
  }
}

function count(results, file, test) {
  const result = test.result()
  if (result.state === 'passed') results.passed++
  else if (result.state === 'skipped') {
    const reason = result.note ?? (test.options.mode === 'todo' ? 'still to be written' : noReason)
    results.skipped.push({ name: `${file} > ${test.fullName}`, reason })
  } else {
    results.failed++ // "pending" is a test that the run ended in the middle of.
    results.failures.push({ name: `${file} > ${test.fullName}`, reason: reasonOf(result.errors ?? []) })
  }
}

function addErrors(results, name, errors) {
  results.failed += errors.length
  for (const error of errors) results.failures.push({ name, reason: reasonOf([error]) })
}

const longestReason = 1_500

/** The first lines of what went wrong, short enough for a summary. */
const reasonOf = ([error]) => (error?.message ?? 'the run ended before it did').slice(0, longestReason)

const wholeMs = ({ environmentSetupDuration, prepareDuration, collectDuration, setupDuration, duration }) =>
  environmentSetupDuration + prepareDuration + collectDuration + setupDuration + duration
