export default `
  a acá ahí al algo alguien algún alguna algunas alguno algunos allá allí ambos ante antes aquel aquella
  aquellas aquello aquellos aquí así aun aún aunque bajo bien cada casi como cómo con contra cual cuál cuales
  cualquier cuando cuándo cuanto cuánto cuya cuyo da dado de debe deben del desde después dice dicen dicho dijo
  dijeron donde dónde durante e el él ella ellas ello ellos en entonces entre era eran eres es esa esas ese eso
  esos esta está estaba estaban estado están estar este esto estos fue fueron ha haber había habían hace hacer
  hacia han hasta hay he hoy incluso junto la las le les lo los luego más me mediante menos mi mientras mis
  misma mismas mismo mismos mucha muchas mucho muchos muy nada nadie ni ningún ninguna no nos nosotros nuestra
  nuestras nuestro nuestros nunca o os otra otras otro otros para pero poca pocas poco pocos podría por porque
  pudo pues puede pueden que qué quien quién quienes se sea sean según ser será serán si sí sido siempre sigue
  sin sino sobre sola solo sólo son su sus suya suyo tal también tampoco tan tanta tanto te tendrá tenía tiene
  tienen toda todas todavía todo todos tras tu tú tus un una unas uno unos usted ustedes va van varias varios
  vez ya y yo ayer mañana millones millón euros dólares ciento año años día días semana meses mes lunes martes
  miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre
  noviembre diciembre
`;
