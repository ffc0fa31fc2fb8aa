export default `
  ninguém nada nenhum nenhuma
  a à afirma afirmou agora ainda além alguém algum alguma algumas alguns ali ante antes ao aos apenas apesar
  após aquela aquelas aquele aqueles aqui aquilo as às assim até através cada com como contra contudo cuja cujo
  da daquela daquele das de dela delas dele deles depois desde dessa desse desta deste deve devem diante disse
  disso diz do dois dos duas durante e é ela elas ele eles em embora enquanto então entre era eram essa essas
  esse esses esta está estão estar estas estava estavam este estes estou eu fazer fez foi for foram haver havia
  hoje isso isto já la lhe lhes lo logo mais mas me meio menos mesma mesmo mesmos meu meus mim minha muita
  muitas muito muitos na nada não nas nem nenhum nenhuma nessa nesse nesta neste no nós nos nossa nosso num numa
  nunca o onde ontem os ou outra outras outro outros para pela pelas pelo pelos perante pode podem pois por
  porém porque portanto pouca pouco poucos própria próprio qual quais qualquer quando quanto quase que quê quem
  se segundo seja sejam sem sempre sendo ser será serão seu seus si sido só sob sobre sua suas tal talvez também
  tão te tem têm tendo ter terá tinha tinham toda todas todavia todo todos tu tudo um uma umas uns vai vão vez
  você vocês amanhã
`;
