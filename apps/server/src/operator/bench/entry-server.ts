/** The product, as `npm start` runs it, for the benchmark to pin onto a core. */
import { main } from '../../main.js'

await main(['serve'])
