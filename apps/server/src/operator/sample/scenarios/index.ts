import type { Scenario } from '../script.js'
import { dailyScenarios } from './daily.js'
import { designScenarios } from './design.js'
import { directScenarios } from './direct.js'
import { launchScenarios } from './launch.js'
import { lifeScenarios } from './life.js'
import { marketScenarios } from './market.js'
import { officeScenarios } from './office.js'
import { overseasScenarios } from './overseas.js'
import { requestScenarios } from './requests.js'
import { supplyScenarios } from './supply.js'

/** All dialogues but the endings, which are placed by the clock. */
export const scenarios: Scenario[] = [
  ...launchScenarios,
  ...designScenarios,
  ...supplyScenarios,
  ...marketScenarios,
  ...officeScenarios,
  ...overseasScenarios,
  ...lifeScenarios,
  ...directScenarios,
  ...dailyScenarios,
  ...requestScenarios,
]
