export default `
  a à ai ainsi alors après as au aucun aucune aujourd'hui auquel aura aurait aussi autre autres aux avaient
  avait avant avec avoir ayant beaucoup bien c'est car ce ceci cela celle celles celui cependant ces cet cette
  ceux chaque chez comme comment contre d'un d'une dans de debout dedans depuis dernier dernière derrière des
  dès désormais deux devant devrait dire dit doit doivent donc dont du durant elle elles en encore enfin ensuite
  entre es est et étaient était étant être eu eux fait faire fois font furent fut hier il ils ici j'ai je jusqu
  jusque l'on la là laquelle le lequel les lesquelles lesquels leur leurs lors lorsque lui ma mais malgré me
  même mêmes mes moi moins mon n'a n'est ne ni non nos notre nous on ont ou où oui par parce parmi pas pendant
  peu peut peuvent plus plusieurs plutôt pour pourquoi pourrait près puis puisque qu qu'il qu'ils qu'elle qu'en
  qu'on qu'un qu'une quand que quel quelle quelles quelque quelques quels qui quoi s'est sa sans sauf se selon
  sera serait seront ses seul seule si sinon soit son sont sous souvent sur ta tandis tant te tel telle telles
  tels tes toi ton toujours tous tout toute toutefois toutes très trop tu un une va vers voici voilà vont vos
  votre vous y demain l d s n c j m t millions million milliards euros dollars cent an ans année années jour
  jours semaine mois lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin
  juillet août septembre octobre novembre décembre
`;
