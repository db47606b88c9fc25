import { type Scenario, scene } from '../script.js'

/** The overseas launch, told in English. */
export const overseasScenarios: Scenario[] = [
  scene(
    'en-kickoff',
    'overseas',
    `
    xuyimin: Welcome everyone. One channel for the overseas launch, so please keep decisions here and not in private chats.
    xuyimin: UK first, the Nordics four weeks later, Singapore joins with the spring range.
    danielwhitmore: Morning all. I have two retailers ready to sign once they see samples.
    sofialindholm #law: In the Nordics they will ask about repair and spare parts before they ask about price.
    linzhixia >law: That is good news for us. Every part has a number and can be ordered for ten years.
    marcustan: Humidity will be the question in Singapore. Do we have data for 85% RH?
    hemu: Yes, 14 days at 85%, I will share the report.
    priyanair: I will start a glossary so that we all call things the same. “Yunyu” stays Yunyu, no translation.
    xuyimin: Thank you. Weekly call on Thursdays, 16:00 Shanghai, 8:00 London.
    danielwhitmore: 8:00. Coffee noted.
  `,
    { period: [0, 0.01] },
  ),
  scene(
    'en-weekly',
    'overseas overseas overseas overseas overseas',
    `
    xuyimin #call: [Weekly call in fifteen minutes, same link. Please add your line to the notes before.|Short call today: samples, labels, stock. {meeting}|Agenda is in the notes. If your line is green we skip it.|Reminder that the call moves to {dayEn+1} this week because of the fair.|Quick round before the weekend please, one line each.]
    danielwhitmore: [{retailerEn} confirmed a window for {dateEn+20}. They want the {productEn} in the centre.|UK: two meetings this week, one yes, one “send me the swatches again”.|Green from my side, apart from the weather.|{retailerEn} asked for sale or return. I said no, politely.|Fire labels approved by the test house, finally.]
    sofialindholm: [Nordics: {retailerEn2} visited the showroom by video and loved the {productEn2}.|I need the repair guide in Swedish by {dateEn+8}, draft is fine.|The Stockholm stand is booked, 24 square metres, corner.|Nothing red. The {productEn} is on everybody’s list.|Two press people asked about the wood. FSC number please?]
    marcustan: [Singapore: warehouse rate is agreed until March.|Distributor asks for 60 days, I offered 30.|I have three candidates for the pop-up, photos tomorrow.|Customs code for lamps confirmed.|Rain every day, which sells armchairs, oddly.]
    zhaoqihang: [Container {track} is on the water, ETA {portEn} {dateEn+18}.|Sample set two leaves the warehouse {dayEn+1}.|Freight is up {n}% since last month, booking early for the second wave.|Customs at {portEn2} wants the plywood certificate, I have it.|All boxes scanned, {qty} pieces, no damage.]
    ?hemu: [Factory side is on plan.|The UK fabric passed, numbers in the report.|We can add {qty} pieces in the week of {dateEn+10}, not more.|One batch is held for re-inspection, it does not touch your order.|Fine here.]
    xuyimin >call: [Thanks all, that was nine minutes. A record.|Good. Action items are in the notes: {doc}|Let us keep the {productEn} for the hero image then.|I will bring the stock question to Zhixia.|Great week, thank you.]
  `,
    { around: 945 },
  ),
  scene(
    'en-copy',
    'overseas overseas overseas',
    `
    priyanair: [Draft line for the hero: “Evening is a place.” Thoughts?|Product page for the {productEn}, first draft: {doc}|I would like to drop “premium” everywhere. It says nothing.]
    danielwhitmore: [I like it. My mother would ask where it is, which is the point.|Lovely. “Sits like a Sunday” made me laugh, please keep it.|Agreed, and “luxurious” too while you are there.]
    piaominya #zh: [The Chinese line says the same, so the two fit well.|The measurements are width × depth × height, ours were the other way round. Fixed.|Done in 14 places, the glossary is updated.]
    sofialindholm: [In Swedish it becomes “Kvällen är en plats”. Also good.|Could we add the weight? People carry it up stairs here.|Thank you!]
    priyanair >zh: [Great, then I will not touch it again.|Ah, thank you Mina.|You are quick.]
    chenyu: [I will set it in the quiet typeface, two sizes smaller than you expect.|I can send the images with the warm master, 4200 K.|The headline can lose one word, then it fits on a phone.]
    ?linzhixia: [This is better than our own first line. Can I borrow it?|Please have the care text checked against the lab report.|Approved from my side.]
  `,
  ),
  scene(
    'en-labels',
    'overseas overseas',
    `
    piaominya: [Care labels, English, version {n}. Please check every symbol.|The UK fire label has to sit under the seat cushion and stay readable for the life of the sofa.]
    piaominya: !label-artwork
    danielwhitmore: [“Do not tumble dry” is there, good. Can we add “cool iron”?|So stitched, not glued. Correct?]
    hemu: [Cool iron is fine for linen, not for the velvet.|Stitched on three sides, pocket for the batch card.]
    piaominya #two: [Then two versions, one for each fabric.|Perfect, I will draw it that way.]
    priyanair >two: [Makes sense. I will split the text.|I will shorten the second sentence so it fits.]
    zhaoqihang: [Please finish by {dateEn+4}, the label printer needs three days.|Deadline for the container is {dateEn+5}, just saying.]
    ?xuyimin: [Jiang Lin will lay it out, he is back on Monday.|Good catch, Dan.]
    piaominya: [On it.|Final files tonight.]
  `,
    { period: [0.25, 0.75] },
  ),
  scene(
    'en-samples',
    'overseas overseas overseas',
    `
    danielwhitmore: [The sample {productEn} arrived in {cityEn}. It is beautiful. One foot is loose though.|Could we send swatches to {retailerEn}? They decide {dayEn+4}.|A buyer sat down for a photo and stayed for twenty minutes.]
    danielwhitmore: [!window-chair|!swatches|!sofa-evening]
    hemu #foot: [Loose foot: please tighten with the 6 mm key, 12 newton metres. I will check the batch.|We keep sixty sets ready, Leo can ship today.|That is the best test report I have ever read.]
    zhaoqihang >foot: [I will put a key in every box from now on.|Picked up, tracking {track}.|Ha, framing that.]
    danielwhitmore: [Fixed, solid as a table.|Wonderful, thank you Leo.|I told her the price after the twenty minutes.]
    sofialindholm: [Could I have a set too, for {cityEn2}?|Mine is still at customs, fingers crossed.|Which colour?]
    ?xuyimin: [Please log the serial number in the sheet.|Yes, same shipment.|Pine-smoke green, of course it was.]
    ?linzhixia: [We found the same in one of ours, the work card is updated.|Let me know what they say about {productEn2}.|I love this.]
  `,
  ),
  scene(
    'en-logistics',
    'overseas overseas',
    `
    zhaoqihang: [Packing list for the first container, please check quantities today.|Vessel delayed, new ETA {portEn} is {dateEn+15}.]
    zhaoqihang: !packing-list
    marcustan: [Cartons 45 to 74 are the lamps? The glass shades need “top load only”.|How many days do we lose?]
    zhaoqihang #top: [Yes. I will add the mark on four sides.|Four. I moved the truck booking and warned the warehouse.]
    danielwhitmore >top: [Thank you, last year they stacked a fridge on one.|We still make the window if it is not more than six.]
    hemu: [Gross weight of box 1 is 46.5 kg, two people.|If it slips again we can fly twenty chairs, but not sofas.]
    ?xuyimin: [Everything matches the order, approved.|Let us not fly anything heavy. Patience.]
    zhaoqihang: [Sealing at 17:00.|Next report {dayEn+2}.]
  `,
    { period: [0.3, 0.95] },
  ),
  scene(
    'en-price',
    'overseas',
    `
    marcustan: Price list question: do we show tax in Singapore? Shops there do both.
    xuyimin: With tax, one number, no surprises.
    danielwhitmore: UK draft: three-seater {gbp}, armchair {gbp2}, lamp {gbp3}.
    sofialindholm: In kronor I would round up, nobody trusts a price ending in 97.
    linzhixia #margin: Please keep the margin column out of the shared sheet. I made a clean copy: {doc}
    xuyimin >margin: Good point, the old one is gone.
    marcustan: Effective from {dateEn+20}?
    xuyimin: Yes, and frozen until the end of the quarter.
    danielwhitmore: Frozen prices, warm sofas.
  `,
    { period: [0.55, 0.7] },
  ),
  scene(
    'en-press',
    'overseas overseas',
    `
    sofialindholm: [A design magazine asks for five images and one quote about repair.|The interview is on {dayEn+3}. They want somebody who built the sofa, not somebody who sells it.]
    chenyu: [Images in ten minutes, the warm set.|Xie Hao from engineering would be great, he speaks slowly and means it.]
    chenyu: [!poster-assets|!dining-room]
    priyanair: [Quote proposal: “A sofa should be easier to mend than to replace.”|I can interpret, or write the answers with him before.]
    linzhixia #quote: [Yes. That is exactly it.|He will say yes if he may bring a drawing.]
    sofialindholm >quote: [Sending it with Zhixia’s name, fine?|They would love a drawing.]
    ?xuyimin: [Use Gu Nanqiao’s name please, title “founder”.|Thursday 15:00 our time works.]
    ?danielwhitmore: [I want this on a tea towel.|Please record it!]
  `,
  ),
  scene(
    'en-fair',
    'overseas',
    `
    xuyimin: Stand design for the fair: one room, one lamp, nothing else. Chen Yu drew it.
    xuyimin: !floor-plan
    sofialindholm: Brave, everyone else will bring forty products.
    danielwhitmore: And forty leaflets. What do people take home?
    chenyu: A piece of cloth, cut in front of them, stamped with the date.
    marcustan: That will stop people in the aisle.
    priyanair #card: I will write the back of the card, twenty words.
    chenyu >card: Fifteen, please.
    priyanair: Fifteen. Challenge accepted.
    zhaoqihang: Wall panels go by road, leaving {dateEn+9}.
    linzhixia: Who holds the scissors?
    danielwhitmore: Not me. Remember the ribbon.
  `,
    { period: [0.6, 0.8] },
  ),
  scene(
    'en-brief',
    'overseas',
    `
    xuyimin: The launch brief, two pages, for partners. Please read it as if you had never heard of us.
    xuyimin: !overseas-brief
    danielwhitmore: Page one is clear. “Plain words, evening light, no superlatives” is my new favourite sentence.
    sofialindholm: Could the timeline start from the launch and count backwards? Ah, it does.
    marcustan #sg: Singapore is missing from the timeline.
    xuyimin >sg: On purpose, spring. I will say so in a line.
    linzhixia: Very good. Please send the PDF only, not the editable file.
    priyanair: One typo on page two, “sampel”. Fixed in my copy.
    xuyimin ~: Sending it to everyone in the morning, also to the distributor list
    xuyimin: Sending it to the two signed partners tomorrow, nobody else for now.
  `,
    { period: [0.3, 0.4] },
  ),
  scene(
    'en-time',
    'overseas overseas',
    `
    A: [Can we find another slot? {dayEn+2} 16:00 is midnight somewhere, I am sure.|Public holiday here on {dateEn+6}, I am offline.]
    B: [Shanghai 16:00 is London 8:00 and Stockholm 9:00. Singapore is with Shanghai.|Enjoy! I will watch your inbox.]
    A #slot: [Then it is fair to everybody, I withdraw.|Thank you, nothing urgent in it I hope.]
    C >slot: [We could take turns, once a month at your evening.|If anything burns I will call Zhixia.]
    ?xuyimin: [Taking turns is good. Next one is at 20:00 Shanghai, I bring snacks.|Rest well, no laptop please.]
    ?A: [Deal.|Promise.]
  `,
    { cast: { A: 'danielwhitmore sofialindholm', B: 'piaominya marcustan zhaoqihang', C: 'priyanair' } },
  ),
  scene(
    'en-quick',
    'overseas overseas overseas overseas',
    `
    A #q: [@{B} do you have the weight of the {productEn}, boxed?|@{B} which colour is on the cover now?|Does anybody have the high resolution logo?|@{B} is the {productEn} price final?]
    B >q: [46.5 kg, box one of two. The second is 21.|Pine-smoke green, warm master.|In the shared folder, “Marks”, use the SVG.|Final until the end of the quarter, sheet is here {doc}]
    A: [Thanks!|Brilliant, thank you.|Found it, cheers.|Great, telling {retailerEn} now.]
    ?C: [Pinning this, I ask every week.|It looks so good on paper.|Please not the old one with the shadow.|🎉]
  `,
  ),
  scene(
    'en-holiday',
    'overseas',
    `
    danielwhitmore: Took my parents to see the window in {cityEn}. Dad sat on the floor model and fell asleep.
    danielwhitmore: !sofa-evening
    marcustan: Best endorsement so far.
    priyanair: Did the shop mind?
    danielwhitmore #nap: They moved the sign closer so people would see.
    linzhixia >nap: Please thank your father. Would he like to be in the catalogue?
    danielwhitmore: He says only if he can keep his slippers on.
    xuyimin: Slippers approved.
  `,
    { period: [0.85, 0.95] },
  ),
  scene(
    'en-returns',
    'overseas',
    `
    sofialindholm: Question from {retailerEn}: who pays if a sofa comes back after thirty days?
    xuyimin: We do if it is a defect, they do if it is taste.
    danielwhitmore: And if the cat disagrees?
    hemu: Cat fabric passed our hook test, grade four. The cat has to live with it.
    sofialindholm #cat: I will phrase it more gently.
    priyanair >cat: “Tested with cats, by cats.”
    linzhixia: We cannot say by cats, the report says by hooks.
    priyanair: Fine. “Tested for claws.”
    sofialindholm: Perfect, and honest.
  `,
    { period: [0.45, 0.6] },
  ),
]
