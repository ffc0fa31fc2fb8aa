export default `
  nikt nic nigdy
  a aby ale ani aż bardzo bez będą będzie bo bowiem był była było były być cały chce chociaż co coś czy czyli
  czym dla dlaczego dlatego do dziś dzisiaj gdy gdyby gdyż gdzie go i ich im inne inny innych iż ja jak jaka
  jaki jakie jako je jeden jedna jednak jednego jednym jego jej jemu jest jestem jeszcze jeśli jeżeli już każdy
  kiedy kilka kto która które którego której który których którym którzy lat lub ma mają mi między mieć mimo
  może można mu musi my na nad nam nas natomiast nawet nie niej nią nich nim niż no o obok od około on ona one
  oni oraz pan pani po pod podczas poinformował ponad ponieważ poza powiedział powiedziała później przed przede
  przez przy raz roku również są się skąd swoich swoje swój także tam ta tak taka taki takich takie te tego tej
  ten też to tu tych tylko tym u w wam wczoraj we wiele wielu więc według wszystko wszystkich wszyscy z za zaś
  ze został została zostały że żeby jutro bardziej
`;
