"""Sentences as news, science, sport and finance write them, as a person reads them out."""

from __future__ import annotations

import pytest
from fakes.listener import heard
from hypothesis import given
from hypothesis import strategies as st

from videogen.language.speech.text import sanitize

SENTENCES = (
    # money and markets
    (
        "The company reported a loss of $2.3bn, or $1.05 a share.",
        "The company reported a loss of two point three billion dollars, or one dollar and five cents a share.",
    ),
    ("Tickets cost €12–€15 each.", "Tickets cost twelve to fifteen euros each."),
    (
        "He paid £1m for it in 2019/20.",
        "He paid one million pounds for it in twenty nineteen to twenty.",
    ),
    ("The fine was 500,000 € in total.", "The fine was five hundred thousand euros in total."),
    (
        "Wages rose from $7.25/hour to $15/hr.",
        "Wages rose from seven dollars and twenty-five cents per hour to fifteen dollars per hour.",
    ),
    ("It costs 99¢ in stores.", "It costs ninety-nine cents in stores."),
    (
        "The yen fell to ¥151.3 per dollar.",
        "The yen fell to one hundred fifty-one point three yen per dollar.",
    ),
    (
        "The GDP was $1.2tn in Q4 2023.",
        "The GDP was one point two trillion dollars in Q four twenty twenty-three.",
    ),
    ("She earns $60K–$80K.", "She earns sixty to eighty thousand dollars."),
    ("They raised $0.5 million.", "They raised zero point five million dollars."),
    ("CHF 200 million was seized.", "two hundred million Swiss francs was seized."),
    ("He owed Rs 500 crore.", "He owed five hundred crore rupees."),
    ("The $64,000 question remains.", "The sixty-four thousand dollar question remains."),
    ("A $5-a-day wage changed everything.", "A five dollar-a-day wage changed everything."),
    ("-$300 million in cash flow.", "minus three hundred million dollars in cash flow."),
    ("Inflation was 2%-3% in May.", "Inflation was two percent to three percent in May."),
    (
        "He won 51.5%–48.5%.",
        "He won fifty-one point five percent to forty-eight point five percent.",
    ),
    ("The 10-year yield rose 25bps.", "The ten-year yield rose twenty-five basis points."),
    ("The S&P 500 fell 1.2%.", "The S and P five hundred fell one point two percent."),
    ("Apple's P/E ratio is 28.5.", "Apple's P E ratio is twenty-eight point five."),
    (
        "The FTSE 100 rose 0.6% to 7,682.50.",
        "The FTSE one hundred rose zero point six percent to seven thousand six hundred eighty-two point five zero.",
    ),
    ("Oil hit $82.15/bbl.", "Oil hit eighty-two dollars and fifteen cents per barrel."),
    ("Gold at $2,000/oz.", "Gold at two thousand dollars per ounce."),
    (
        "Bitcoin: $67,000 (+3.2%).",
        "Bitcoin: sixty-seven thousand dollars, plus three point two percent.",
    ),
    ("Down 1.5pp.", "Down one point five percentage points."),
    (
        "Q3 FY24 revenue was $89.5B.",
        "Q three FY twenty-four revenue was eighty-nine point five billion dollars.",
    ),
    ("Revenue grew 12% YoY.", "Revenue grew twelve percent year over year."),
    (
        "A €1.2bn deal; a £750k grant; a $5m–$10m range.",
        "A one point two billion euro deal; a seven hundred fifty thousand pound grant; a five to ten million dollar range.",
    ),
    ("From $10 million to $15 million.", "From ten million dollars to fifteen million dollars."),
    ("$1 trillion+ in debt.", "one trillion dollars plus in debt."),
    ("The $2-trillion-a-year industry.", "The two trillion dollar-a-year industry."),
    ("CEO Tim Cook's $100M+ pay.", "CEO Tim Cook's one hundred million dollars plus pay."),
    ("GDP per capita: $12,000", "GDP per capita: twelve thousand dollars"),
    (
        "About 71% of Earth's surface—361 million km²—is water.",
        "About seventy-one percent of Earth's surface — three hundred sixty-one million square kilometers — is water.",
    ),
    (
        "Amazon (AMZN) hit $1T in 2018.",
        "Amazon, AMZN, hit one trillion dollars in twenty eighteen.",
    ),
    (
        "A $700bn bailout—TARP—passed on Oct. 3, '08.",
        "A seven hundred billion dollar bailout — TARP — passed on October third, oh eight.",
    ),
    (
        "In Q1, EBITDA rose 8.5% y/y to €3.1bn.",
        "In Q one, EBITDA rose eight point five percent year over year to three point one billion euros.",
    ),
    ("US$3–5 million", "three to five million U S dollars"),
    # dates, years, times
    ("On 3/4/2024 it began.", "On March fourth, twenty twenty-four it began."),
    (
        "On 14.07.1789 the Bastille fell.",
        "On the fourteenth of July, seventeen eighty-nine the Bastille fell.",
    ),
    ("Tuesday, March 5, 2024, was cold.", "Tuesday, March fifth, twenty twenty-four, was cold."),
    (
        "Born 5 May 1821, died 1 Jan. 1900.",
        "Born the fifth of May, eighteen twenty-one, died the first of January, nineteen hundred.",
    ),
    ("In the 1920s and '30s, jazz ruled.", "In the nineteen twenties and thirties, jazz ruled."),
    ("In '68, students marched.", "In sixty-eight, students marched."),
    ("The class of '99.", "The class of ninety-nine."),
    ("From 1939–45, war raged.", "From nineteen thirty-nine to forty-five, war raged."),
    ("Built c. 2560 BC, it still stands.", "Built circa twenty-five sixty B C, it still stands."),
    ("About 10,000 B.C.E. ice melted.", "About ten thousand B C E ice melted."),
    ("By 2100 seas may rise 1 m.", "By twenty-one hundred seas may rise one meter."),
    ("In A.D. 79, Vesuvius erupted.", "In A D seventy-nine, Vesuvius erupted."),
    ("The 2008–09 crisis hit.", "The two thousand eight to oh nine crisis hit."),
    ("At 12:05am it stopped.", "At twelve oh five A M it stopped."),
    ("From 9am–5pm.", "From nine A M to five P M."),
    ("At 00:30 GMT.", "At zero thirty GMT."),
    ("A 2:45:30 marathon.", "A two forty-five thirty marathon."),
    ("On the 21st of June.", "On the twenty-first of June."),
    ("4th July.", "the fourth of July."),
    ("Sept. 11, 2001.", "September eleventh, two thousand one."),
    ("2024-02-29", "February twenty-ninth, twenty twenty-four"),
    ("In May 2 people came.", "In May second people came."),
    ("Oct. 7", "October seventh"),
    ("Fe2O3 is rust.", "F E two O three is rust."),
    ("Class of '08.", "Class of oh eight."),
    (
        "The 100 Years' War (1337–1453).",
        "The one hundred Years' War, thirteen thirty-seven to fourteen fifty-three.",
    ),
    (
        "On 9 November 1989, at 18:53, it fell.",
        "On the ninth of November, nineteen eighty-nine, at eighteen fifty-three, it fell.",
    ),
    ("A 26.2-mile race in 2:01:09.", "A twenty-six point two-mile race in two oh one oh nine."),
    ("00:00", "midnight"),
    (
        "On Monday, Sept. 18, 2023, at 9:41 a.m. EDT, Apple unveiled it.",
        "On Monday, September eighteenth, twenty twenty-three, at nine forty-one A M EDT, Apple unveiled it.",
    ),
    # science
    (
        "Temperatures hit 45°C (113°F).",
        "Temperatures hit forty-five degrees Celsius, one hundred thirteen degrees Fahrenheit.",
    ),
    ("It was -5°C outside.", "It was minus five degrees Celsius outside."),
    ("About 5–6 °C warmer.", "About five to six degrees Celsius warmer."),
    ("1 1/2 hours.", "one and a half hours."),
    ("2½ years later.", "two and a half years later."),
    ("1:1000 scale.", "one to one thousand scale."),
    ("CO2 levels hit 420 ppm.", "CO two levels hit four hundred twenty parts per million."),
    ("H2O, NaCl and C6H12O6.", "H two O, NaCl and C six H twelve O six."),
    ("E = mc².", "E equals mc squared."),
    ("x² + y² = z².", "x squared plus y squared equals z squared."),
    ("2 × 3 = 6.", "two times three equals six."),
    ("6.02 × 10^23 atoms.", "six point zero two times ten to the twenty-third atoms."),
    ("1.6e-19 coulombs.", "one point six times ten to the minus nineteen coulombs."),
    ("3.0×10⁸ m/s.", "three point zero times ten to the eighth meters per second."),
    ("5 > 3 and 2 < 4.", "five more than three and two less than four."),
    ("√16 = 4.", "the square root of sixteen equals four."),
    ("π ≈ 3.14159.", "pi about three point one four one five nine."),
    ("10 ± 0.5 mm.", "ten plus or minus zero point five millimeters."),
    ("At 40°N, 74°W.", "At forty degrees north, seventy-four degrees west."),
    ("2 hrs 5 min", "two hours five minutes"),
    ("6 mo.", "six months."),
    ("50 °C–60 °C", "fifty degrees Celsius to sixty degrees Celsius"),
    ("Area: 9.6 million km².", "Area: nine point six million square kilometers."),
    ("Density: 150/km²", "Density: one hundred fifty per square kilometer"),
    ("–10°C", "minus ten degrees Celsius"),
    ("−273.15 °C", "minus two hundred seventy-three point one five degrees Celsius"),
    ("Einstein's E=mc² came in 1905.", "Einstein's E equals mc squared came in nineteen oh five."),
    (
        "The speed of light is c ≈ 3×10⁸ m/s.",
        "The speed of light is c about three times ten to the eighth meters per second.",
    ),
    (
        "Earth's mass: 5.97×10²⁴ kg.",
        "Earth's mass: five point nine seven times ten to the twenty-fourth kilograms.",
    ),
    (
        "Add 1½ cups (360 ml) of milk and ¼ tsp. of salt.",
        "Add one and a half cups, three hundred sixty milliliters, of milk and one quarter teaspoon of salt.",
    ),
    ("Temp. range: –5 to 30 °C.", "Temp. range: minus five to thirty degrees Celsius."),
    # sport
    ("He ran 100m in 9.58s.", "He ran one hundred meters in nine point five eight seconds."),
    ("A 5'11\" guard.", "A five foot eleven guard."),
    ("Arsenal won 3–2.", "Arsenal won three to two."),
    ("A 6-3, 6-4, 7-5 win.", "A six to three, six to four, seven to five win."),
    ("She won 6–4, 7–6 (7–5).", "She won six to four, seven to six, seven to five."),
    (
        "He ran the 4x100m relay in 36.84.",
        "He ran the four by one hundred meter relay in thirty-six point eight four.",
    ),
    ("He hit .312 with 45 HRs.", "He hit point three one two with forty-five HRs."),
    (
        "The No. 7 seed beat No. 2 Duke 68-67.",
        "The Number seven seed beat Number two Duke sixty-eight to sixty-seven.",
    ),
    ("He's 6'4\", 220 lbs.", "He's six foot four, two hundred twenty pounds."),
    ("4th & goal at the 1-yd line.", "fourth and goal at the one yard line."),
    (
        "The 19-year-old scored in the 90+3rd minute.",
        "The nineteen-year-old scored in the ninety plus third minute.",
    ),
    ("A 12–0 run; a 99–98 OT win.", "A twelve to zero run; a ninety-nine to ninety-eight OT win."),
    # history, Roman numerals
    (
        "King George III and Queen Elizabeth II met.",
        "King George the Third and Queen Elizabeth the Second met.",
    ),
    (
        "Pope John Paul II visited in 1979.",
        "Pope John Paul the Second visited in nineteen seventy-nine.",
    ),
    ("Chapter XII explains.", "Chapter Twelve explains."),
    ("Act III, Scene ii.", "Act Three, Scene two."),
    ("Henry V won at Agincourt.", "Henry the Fifth won at Agincourt."),
    ("The XXI century.", "The twenty-first century."),
    (
        "Carbon-14 dating, uranium-235, U-238.",
        "Carbon fourteen dating, uranium two thirty-five, U two thirty-eight.",
    ),
    ("Charles I lost his head in 1649.", "Charles the First lost his head in sixteen forty-nine."),
    ("Elizabeth I of England.", "Elizabeth the First of England."),
    ("D-Day was June 6, 1944.", "D-Day was June sixth, nineteen forty-four."),
    ("A post-World War II boom.", "A post-World War Two boom."),
    ("Vol. II", "Volume Two"),
    ("Mix I and II.", "Mix I and two."),
    (
        "Charles Lindbergh flew from New York to Paris in 33.5 hours.",
        "Charles Lindbergh flew from New York to Paris in thirty-three point five hours.",
    ),
    # technology
    ("A 4K TV at 120Hz.", "A four K TV at one hundred twenty hertz."),
    ("100 Mbit/s.", "one hundred megabits per second."),
    ("Python 3.11.2 is out.", "Python three point eleven point two is out."),
    ("Open config.json and README.md.", "Open config dot json and README dot M D."),
    ("Run main.py now.", "Run main dot P Y now."),
    ("#ClimateChange trends; @nasa replied.", "ClimateChange trends; at nasa replied."),
    ("Call 1-800-555-0199.", "Call one, eight zero zero, five five five, zero one nine nine."),
    ("Call (212) 555-0134.", "Call two one two, five five five, zero one three four."),
    (
        "Call +44 20 7946 0958.",
        "Call plus four four, two zero, seven nine four six, zero nine five eight.",
    ),
    ("Dial 911.", "Dial nine one one."),
    (
        "Node v18.17.0 and npm@9.",
        "Node version eighteen point seventeen point zero and npm at nine.",
    ),
    (
        "Run `pip install numpy==1.26.4` now.",
        "Run pip install numpy equals one point twenty-six point four now.",
    ),
    ('A 7nm chip and a 4.5" screen.', "A seven nanometer chip and a four point five inch screen."),
    (
        "An SSD of 512GB costs $49.99.",
        "An SSD of five hundred twelve gigabytes costs forty-nine dollars and ninety-nine cents.",
    ),
    ("HTTP/2 and TCP/IP.", "HTTP two and TCP IP."),
    ("No 10 Downing Street.", "Number ten Downing Street."),
    ("A Boeing 777-300ER.", "A Boeing seven seventy-seven three hundred ER."),
    ("Growth of 5% QoQ.", "Growth of five percent quarter over quarter."),
    (
        "9–11 a.m. and 19:00–21:00.",
        "nine to eleven A M and nineteen hundred to twenty-one hundred.",
    ),
    ("In Jan 2024 it rained.", "In January twenty twenty-four it rained."),
    ("Two to 3–5bn people.", "Two to three to five billion people."),
    ("404 errors.", "four hundred four errors."),
    ("About 5m people.", "About five million people."),
    ("A 501(c)(3) group.", "A five oh one C three group."),
    ("It has 1,024 x 768 pixels.", "It has one thousand twenty-four by seven sixty-eight pixels."),
    ("Ctrl+C and Alt+F4.", "Ctrl plus C and Alt plus F four."),
    ("user_name@my-site.co.uk", "user underscore name at my dash site dot co dot uk"),
    # names, abbreviations, marks
    ("Boeing 737-800.", "Boeing seven thirty-seven eight hundred."),
    ("Dr. Smith lives on St. James St.", "Doctor Smith lives on Saint James Street."),
    ("No. 10 Downing Street.", "Number ten Downing Street."),
    ("Nos. 5 and 6.", "Numbers five and six."),
    ("E.g., cats, i.e., pets.", "For example, cats, that is, pets."),
    ("BREAKING: FLOODS HIT SPAIN", "breaking: floods HIT SPAIN"),
    ("The London–Paris train.", "The London-Paris train."),
    ("100s of people.", "hundreds of people."),
    ("1000s of ships.", "thousands of ships."),
    ("Room 101.", "Room one oh one."),
    ("Flight MH370 vanished.", "Flight MH three seventy vanished."),
    ("A 401(k) plan.", "A four oh one K plan."),
    ("The R&D budget.", "The R and D budget."),
    (
        "Mt. Everest is 8,849 m (29,032 ft) tall.",
        "Mount Everest is eight thousand eight hundred forty-nine meters, twenty-nine thousand thirty-two feet, tall.",
    ),
    ("Smith et al. (2019) found it.", "Smith and others, twenty nineteen, found it."),
    ("2 000 000", "two million"),
    ('"Yes," he said. “No.”', '"Yes," he said. "No."'),
    ("Rock–paper–scissors.", "Rock — paper — scissors."),
    ("U.S.-led forces.", "U S-led forces."),
    ("Mt. St. Helens erupted.", "Mount Saint Helens erupted."),
    ("Dr. M. L. King Jr. Blvd.", "Doctor M L King Junior Boulevard."),
    ("Pvt. Ryan", "Private Ryan"),
    ("a.m. and p.m.", "A M and P M"),
    ("#1", "number one"),
    ("1¼ cups", "one and a quarter cups"),
    ("50%–60%", "fifty percent to sixty percent"),
    ('"It\'s 5," she said, "or 6."', '"It\'s five," she said, "or six."'),
    (
        "It orbits at 28,000 km/h (17,400 mph), 408 km up.",
        "It orbits at twenty-eight thousand kilometers per hour, seventeen thousand four hundred miles per hour, four hundred eight kilometers up.",
    ),
    (
        "It's a 5–4 decision; Roe v. Wade fell.",
        "It's a five to four decision; Roe versus Wade fell.",
    ),
    (
        "The Su-27's range: 3,530 km.",
        "The Su twenty-seven's range: three thousand five hundred thirty kilometers.",
    ),
    ("Mr. & Mrs. Smith; Drs. Lee and Wu.", "Mister and Mrs. Smith; Doctors Lee and Wu."),
    ("It's 20 yrs. old.", "It's twenty years old."),
    ("At 6 ft. 2 in. tall.", "At six feet two inches tall."),
    ("a 2,000 sq. ft. home", "a two thousand square foot home"),
    (
        "St John's; St Andrews; Dr Smith; Mr Jones; Mrs Brown.",
        "Saint John's; Saint Andrews; Doctor Smith; Mister Jones; Mrs. Brown.",
    ),
    # what is easily taken for something else
    ("Julius Caesar (100–44 BC) ruled.", "Julius Caesar, one hundred to forty-four B C, ruled."),
    ("Augustus (63 BC–AD 14).", "Augustus, sixty-three B C to A D fourteen."),
    ("Mars's day is 24h 37m long.", "Mars's day is twenty-four hours thirty-seven minutes long."),
    ("IL-6 and TNF-α rose.", "IL six and TNF-alpha rose."),
    ("Malcolm X spoke.", "Malcolm X spoke."),
    ("XL shirts and IV drips.", "XL shirts and IV drips."),
    ("Sign your CV.", "Sign your CV."),
    ("The MIX of colors was CIVIC.", "The MIX of colors was CIVIC."),
    ("NATO AND UNESCO WARNED OF FLOODS", "NATO AND UNESCO warned OF floods"),
    ("The train leaves at 19:00h.", "The train leaves at nineteen hundred."),
    ("C++, C# and .NET", "C plus plus, C sharp and dot net"),
    ("Jan–Mar", "January to March"),
    ("Mon–Fri", "Monday to Friday"),
    ("The 1970s–1980s", "The nineteen seventies to nineteen eighties"),
    ("10 000 men", "ten thousand men"),
    ("He said 'No.'", "He said 'No.'"),
    ("c.1450 the press came.", "circa fourteen fifty the press came."),
)

# What rules look for, put together in every order.
_PIECES = st.sampled_from(
    "Charles Caesar King Louis XIV C X Part i The a $ € 5 1.5 1,000 2005 × ^ e-19 10⁸ ½ km/h m % – - / "
    "( ) ' \" Jan. May St. Dr. a.m. p.m. BC AD '68 # @ + = > ≈ π .NET C++ v2 0x1F T00 : :30 FLOODS HIT [ ] http://a.b".split()
)


@pytest.mark.parametrize(("written", "spoken"), SENTENCES)
def test_a_sentence_is_read_as_a_person_would(written: str, spoken: str) -> None:
    assert heard(sanitize(written, "en-us")) == heard(spoken)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("It cost £1,250.", "It cost one thousand two hundred and fifty pounds."),
        (
            "In 2005, 101 ships sailed.",
            "In two thousand and five, one hundred and one ships sailed.",
        ),
        ("On March 5, 2024, it began.", "On the fifth of March, twenty twenty-four, it began."),
        ("On 3/4/2024 it ended.", "On the third of April, twenty twenty-four it ended."),
        (
            "The 365 days; 1,016 men; 120,350 tons.",
            "The three hundred and sixty-five days; one thousand and sixteen men; one hundred and twenty thousand three hundred and fifty tons.",
        ),
        ("It rose to 8,849 m.", "It rose to eight thousand eight hundred and forty-nine meters."),
        (
            "Flight 370 had 239 people on board.",
            "Flight three seventy had two hundred and thirty-nine people on board.",
        ),
    ],
)
def test_british_voices_put_the_day_first_and_say_and(written: str, spoken: str) -> None:
    assert heard(sanitize(written, "en-gb"), "bf_emma") == heard(spoken, "bf_emma")


@given(st.lists(st.tuples(_PIECES, st.sampled_from(["", " "])), max_size=12))
def test_nothing_that_rules_look_for_is_an_error_in_another_place(
    pieces: list[tuple[str, str]],
) -> None:
    text = "".join(piece + gap for piece, gap in pieces)

    assert "  " not in sanitize(text, "en-gb")


@given(st.text(max_size=60))
def test_any_letters_at_all_are_read_without_an_error(text: str) -> None:
    assert "  " not in sanitize(text, "en-us")
