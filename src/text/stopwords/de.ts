export default `
  ab aber alle allem allen aller allerdings alles als also am an andere anderem anderen anderer anderes auch auf
  aus bei beide beiden beim bereits besonders bis bisher bist da dabei dadurch dafür dagegen daher dahin damals
  damit danach daneben dann daran darauf daraus darf darin darüber darum das dass daß davon davor dazu dein
  deine dem demnach den denen denn dennoch der deren derzeit des deshalb dessen desto deswegen die dies diese
  diesem diesen dieser dieses doch dort drei du durch dürfen ebenfalls ebenso eigentlich ein eine einem einen
  einer eines einige einigen einmal er erst erste ersten es etwa etwas euch euer für gab gar gegen geht gehen
  gemacht genau gerade gestern gibt ging habe haben hat hatte hatten hätte hätten hier hin hinter heute ich ihm
  ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in indem ins insgesamt ist ja je jede jedem jeden jeder
  jedes jedoch jemand jene jenen jener jetzt kam kann kaum kein keine keinem keinen keiner kommen kommt können
  könnte könnten laut lassen liegt machen macht man mehr mehrere mein meine meisten mich mir mit möchte morgen
  muss müssen musste nach nachdem neben nein nicht nichts noch nun nur ob obwohl oder ohne rund sagt sagte
  sagten schon sehr sei seien sein seine seinem seinen seiner seines seit selbst sich sie sind so sogar sollen
  sollte sollten soll solche solchen sondern sonst soweit sowie sowohl statt steht trotz über um und uns unser
  unsere unseren unserer unter viel viele vielen vielleicht vom von vor war waren warum was wegen weil weiter
  weitere weiteren weiterhin welche welchem welchen welcher welches wenig weniger wenn wer werde werden wie
  wieder will wir wird wo wobei wollen wollte worden wurde wurden würde würden zu zudem zum zur zwar zwei
  zwischen euro millionen million milliarden milliarde prozent uhr jahr jahre jahren tag tage tagen woche wochen
  monat monate monaten montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april mai
  juni juli august september oktober november dezember menschen mal
`;
