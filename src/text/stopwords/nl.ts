export default `
  aan aangezien achter af al aldus alle alleen alles als altijd ander andere anderen anders ben bent bij bijna
  binnen boven buiten daar daardoor daarna daarom daarop dan dat de deze die dit doch doen door dus echter een
  eens eerder eerst eerste elk elke en enige er erg even gaan gaat gedaan geen geweest geworden haar had hadden
  heb hebben hebt heeft hem hen het hier hij hoe hun hunzelf iedereen ieder iemand iets ik in is ja je jij jou
  jouw jullie kan komen komt kon kunnen kwam later maar maken meer meest men met mij mijn minder moest moet
  moeten mocht naar na nadat naast natuurlijk nee net niemand niet niets nieuwe nog nooit nou nu of om omdat
  onder ons onze ook op over overal pas per reeds rond samen sinds slechts sommige steeds te tegen terwijl
  tijdens toch toen tot tussen twee u uit uw vaak van vanaf vandaag vanwege veel verder volgens voor vooral
  voordat waar waarbij waarin waarom waaronder want waren was wat we weer wel welke werd werden wie wij wil
  willen worden wordt zal ze zeer zegt zei zeiden zelf zich zij zijn zo zoals zonder zou zouden gisteren morgen
`;
