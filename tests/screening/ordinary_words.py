"""What people write that names nothing of the lexicon: everyday sentences, and common medicines
that no rule asks about."""

SENTENCES = """
none
None.
no
nothing
n/a
Nothing else to say
No other medicines
not that I know of
I do not take anything
I take vitamin D
vitamin D, zinc and magnesium
Vitamin C every morning
A multivitamin from the supermarket
Vitamin B12 injections every three months
iron tablets for low iron
folic acid
Collagen powder and biotin
probiotics now and then
I drink green tea
two cups of coffee a day
I am fit and well
I am very healthy and exercise four times a week
I go to the gym and lift weights
I run marathons
I do yoga and pilates
I swim in the sea every morning
I walk my dog each day
I eat well and sleep well
I sleep badly because of the baby
I am vegan
I am a vegetarian
I do not eat meat or fish
I wear contact lenses
I wear glasses for reading
I have hearing aids
My eyesight is poor
I had my eyes tested last week
I had my appendix out as a child
I had my tonsils out when I was seven
My wisdom teeth were taken out in 2019
I broke my arm ten years ago
I sprained my ankle last summer
My back hurts when I sit for long
I have a bad back and see a physio
My knees ache in cold weather
I get headaches when I am tired
I get migraines about twice a year
I have hay fever in spring
Hay fever tablets in the summer
I am allergic to cats and dogs
I am allergic to dust and pollen
I am allergic to strawberries
I cannot eat peanuts
I cannot eat shellfish
I do not tolerate milk well
Lactose intolerant
I have asthma and use a blue inhaler
Asthma as a child, none now
A brown inhaler morning and evening
I use a nasal spray for my nose
Simvastatin 20 mg
Atorvastatin 40mg
Rosuvastatin
Omeprazole for acid reflux
Lansoprazole 15mg
Pantoprazole
Gaviscon after meals
Amitriptyline 10mg
Cetirizine when needed
Loratadine
Fexofenadine 120 mg
Salbutamol inhaler
Ventolin
Montelukast
Paracetamol for a headache
Panadol
Tylenol
Acetaminophen
Co-codamol
Codeine
Tramadol
Gabapentin
Pregabalin
Sumatriptan
I have a coil
Melatonin
Diazepam before flying
Zopiclone
Concerta for ADHD
Elvanse 30mg
Methylphenidate
Finasteride 1mg
Tamsulosin
Fluconazole once
Nystatin
Beclometasone nasal spray
Symbicort
Fostair
Creon
Mebeverine
Buscopan
Loperamide
Domperidone
Metoclopramide
Prochlorperazine
Cyclizine
Betahistine
Hyoscine patches
Oxybutynin
Solifenacin
Alendronic acid once a week
Colecalciferol
Adcal D3
Allopurinol for gout
Colchicine
Lactulose
Movicol
Senna
Eye drops for dry eyes
Ear drops
Mouthwash
Sun cream factor 50
A moisturiser from the chemist
I use hyaluronic serum at home
Niacinamide serum
Cleanser and moisturiser
I use a face mask on Sundays
I wear make-up most days
I want my skin to look fresh
I would like fewer fine lines
I have old acne scars on my cheeks
Scar on my chin from falling off my bike
Stretch marks on my belly
Large pores on my nose
Dull skin and dark circles
My skin is dry in winter
My skin is oily
My skin is sensitive
I burn easily in the sun
I have freckles
I blush easily
I have a birthday party on Saturday
I am getting married in June
I am getting married and want glowing skin
I am going on holiday in August
I work nights as a nurse
I am a teacher
I am a painter and decorator
I am a hairdresser
I work outside on a farm
I sit at a computer all day
I sing in a choir
I play the piano
I play football on Tuesdays
I ride a horse
I have two children
My son was born in March
My daughter is three
My mother is well
My father died in an accident
My grandmother lived to ninety
My husband is coming with me
I live alone with my cat
I moved here from Spain
English is not my first language
Please speak slowly
I am a bit deaf in one ear
Please call me in the evening
I prefer a morning appointment
I would rather have a female practitioner
I am nervous but happy to go ahead
I am excited about this
I have read the leaflet
I have told you everything
I already told the lady at the desk
See my last form
Same as last time
As before
Nothing has changed since last year
I had this treatment last year and was fine
It went very well last time
I was red for two days and then fine
I had my hair coloured last week
I had my nails done
I have long eyelashes glued on
I get a massage every month
I had acupuncture for my shoulder
I see an osteopath
I see a counsellor every other week
I have been stressed at work
I felt low last winter
I feel much better now
I had a cold at Christmas
I have a slight cough
I had food poisoning last month
I had a jab for travel
I had a booster in autumn
I gave blood in April
My blood pressure is fine
My blood sugar is normal
My cholesterol is a little high
My doctor says I am well
I saw my doctor for a check up
I had a scan and all was clear
My blood test was normal
I have low iron
I have low blood pressure
I have irritable bowel
I have reflux
I have gallstones
I had a kidney stone once
I have piles
I have varicose veins
I have gout
I have arthrosis in my thumb
I have flat feet
I have tinnitus
I have dyslexia
I have a squint
I have glaucoma
I have cataracts
I have a detached retina from long ago
I had laser eye surgery in 2015
I had a hernia mended
I had a caesarean in 2018
I had my womb taken out
I am past the menopause
My periods are heavy
Endometriosis
I do not smoke any more
I stopped smoking in 2010
I drink a glass of wine at weekends
I do not drink
I do not use drugs
I drink lots of water
I like spicy food
I use a fitness watch
I use a sleep mask at night
I use a CPAP machine
I use a walking stick
I need a lift as I cannot climb stairs
I need the ground floor
I may be ten minutes late
The parking is hard there
Can I bring my sister
How long does it take
Does it hurt
Will I be red afterwards
Can I go to work the next day
Can I wear make-up after
What does it cost
I paid the deposit
I found you on the internet
A friend told me about you
My aunt came to you last month
Thank you for asking
Thanks
Please see above
Ask me when I come
I will tell you when we meet
I would rather say it in person
I am not sure what you mean
I do not understand the question
Do I have to answer this
I filled in another form too
All good
All fine
Everything is fine
Fine, thanks
No problems at all
No illnesses
No known allergies
Never been ill
Never had an operation
Nothing to declare
Healthy
Well
OK
Nope
nil
Zero
-
...
?
x
asdf
123
I take painkillers now and then
Pain killers for my back, paracetamol mostly
Cough syrup
Throat sweets
Throat lozenges
Herbal tea for sleep
Valerian
Chamomile
Peppermint capsules
Protein shakes
Creatine
Electrolytes
Ashwagandha
Evening walks
Glucosamine for my knees
Magnesium spray
Echinacea in winter
Aloe vera gel
Arnica cream
Coconut water
Calcium
Selenium
Kelp
Hair vitamins
Hayfever eye drops
Travel sickness tablets
Indigestion tablets
Nicotine gum
Nicotine patches
Antihistamine
Statins
Beta blocker
Asthma pump
Contact lens fluid
Teeth whitening strips
A retainer at night
Fillings in my teeth
A crown on one tooth
Root canal last year
Gold earrings
Pierced ears
Belly button piercing
Nothing comes to mind
I promise I am well
I am a strong person
I sometimes feel dizzy when I stand up too fast
I get travel sick
I bruise like anyone
Sometimes my hands are cold
My feet swell when I fly
I itch when I wear wool
Fake nails give me a rash
Perfume makes me sneeze
I sneeze in bright light
I have a cold today
I am on a diet
I lost my keys
I have lots of energy
I have been to the dentist
The dentist said my gums are fine
My son has nits
My partner snores
""".strip().splitlines()
