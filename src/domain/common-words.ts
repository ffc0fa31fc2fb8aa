/**
 * What the commonest passwords are made of, by heart: words people love, names of people, clubs, heroes and machines, and
 * what lies side by side on a keyboard. `password.ts` takes a password apart into these.
 */
export const commonWords = `
password passwort passw pass motdepasse contrasena senha parola haslo wachtwoord secret letmein welcome welcom willkommen
bienvenue login logmein access admin administrator root user guest test tester testing default changeme change master
iloveyou ilove loveyou love lovely lover forever baby babygirl babyboy angel angels sweet sweetie sweetheart honey princess
prince queen king kingdom family mother father mommy daddy mama papa sister brother friend friends friendship freedom
happy lucky smile sunshine sunflower summer winter spring autumn rainbow butterfly flower flowers rose daisy lily jasmine
chocolate cookie cookies banana orange apple cherry pepper ginger coffee cheese pumpkin sugar candy pizza
monkey dragon tiger lion panther eagle falcon hawk wolf dolphin penguin turtle kitten kitty puppy doggy chicken
horse horses bear bears panda rabbit bunny fish spider snake shark animal
football soccer baseball basketball hockey tennis golf cricket boxing running player players champion winner
liverpool chelsea arsenal barcelona juventus bayern madrid realmadrid united manchester yankees cowboys steelers lakers
batman superman spiderman ironman hulk pokemon pikachu naruto mario luigi zelda minecraft roblox fortnite starwars skywalker
matrix gandalf frodo hobbit potter harrypotter hogwarts hermione merlin phoenix shadow ninja samurai warrior hunter killer
ranger knight wizard magic mystery crystal diamond silver golden gold ruby emerald star stars moon heaven hell devil demon
computer internet network windows microsoft google facebook instagram twitter youtube android iphone samsung nokia linux ubuntu
server system database oracle cisco office laptop desktop hacker security qazwsx trustno trust nobody nothing whatever something
michael jordan robert thomas daniel andrew joshua matthew anthony william charles george richard joseph david james john
nicholas alexander alexandra alexandre benjamin christian christopher patrick justin brandon austin tyler hunter
jennifer jessica ashley amanda nicole michelle melissa elizabeth victoria charlotte samantha stephanie natalie rebecca
rachel hannah sophie maria martha anna andrea barbara susan linda nancy carolina gabriela daniela valentina fernando carlos
jesus christ jesuschrist blessed church bible faith hope grace america american england london paris berlin amsterdam newyork
california texas florida chicago boston dallas australia canada mexico brazil germany france italia espana russia moscow
ferrari porsche mercedes corvette mustang harley yamaha honda toyota ducati chevy camaro subaru
music guitar piano drummer metal metallica nirvana slipknot eminem rockstar rocknroll beatles elvis dance dancer
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october
november december morning night today tomorrow
the my our your is are am me you and of to in on for we
red blue green black white yellow purple pink brown grey
one two three four five six seven eight nine ten hundred thousand
cheer cheese chocolate liberty justice peace power energy thunder lightning storm ocean island beach river mountain
newspaper newsroom journalist editor editorial press publish publisher article headline story standfirst
correct horse battery staple hello world
`
  .trim()
  .split(/\s+/);

/** Rows and columns of keyboards, and the two alphabets of counting. */
export const commonRuns = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'yxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  '1234567890',
  '0123456789',
  'abcdefghijklmnopqrstuvwxyz',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  'qazwsxedcrfvtgbyhnujm',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'zaq12wsxcde34rfv',
  '147258369',
  '741852963',
  '159357',
];
