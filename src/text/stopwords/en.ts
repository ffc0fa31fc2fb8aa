export default `
  a about above across after again against all almost alone along already also although always am among an and
  another any anybody anyone anything are aren't around as at away back be became because become been before
  behind being below between both but by came can can't cannot come could couldn't did didn't do does doesn't
  doing don't done down during each either else even ever every everyone everything few first for from further
  gave get gets getting give given go goes going gone got had hadn't has hasn't have haven't having he he'd
  he'll he's her here here's hers herself him himself his how however i i'd i'll i'm i've if in indeed instead
  into is isn't it it's its itself just keep kept know known last least less let like likely made make makes
  making many may maybe me mere might more most much must my myself near nearly need neither never next no
  nobody nor not nothing now of off often on once one only onto or other others ought our ours ourselves out
  over own per perhaps put quite rather really said same say saying says see seem seen several shall she she'd
  she'll she's should shouldn't since so some somebody someone something soon still such take taken than that
  that's the their theirs them themselves then there there's therefore these they they'd they'll they're they've
  this those though three through throughout thus to today together told tomorrow too took toward towards two
  under until up upon us used using very via want was wasn't way we we'd we'll we're we've well went were
  weren't what what's when where whether which while who who's whom whose why will with within without won't
  would wouldn't yes yesterday yet you you'd you'll you're you've your yours yourself yourselves
`;
