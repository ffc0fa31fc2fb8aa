export default `
  a abbiamo ad adesso agli ai al alcuna alcune alcuni alcuno all alla alle allo allora altra altre altri altro
  anche ancora anni appena attraverso avanti aveva avevano avendo avere avrà avrebbe ben c'è che chi ci cioè
  circa col come con contro cosa così cui da dagli dai dal dall dalla dalle dallo dato davanti degli dei del
  dell della delle dello dentro deve di dice dopo dove dovrebbe due dunque durante e è ed egli ella era erano
  essa esse essere essi fa fare fatto fin fino fra fu fuori furono già gli grazie ha hai hanno ho i ieri il in
  infatti insieme intanto invece io l la là le lei li lì lo loro lui lungo ma mai mentre mi mia mio molta molte
  molti molto ne né negli nei nel nell nella nelle nello nessun nessuna nessuno niente noi non nostra nostre
  nostri nostro nulla o od oggi ogni ognuno oltre oppure ora per perché perciò però più poco poi possono prima
  proprio può pure qual quale quali qualche qualcosa qualcuno quando quanta quante quanti quanto quasi quella
  quelle quelli quello questa queste questi questo qui quindi sarà sarebbe se secondo sei sembra sempre senza
  sia siamo siano sono sopra soprattutto sotto sta stata state stati stato stesso su sua subito sue sugli sui
  sul sull sulla sulle sullo suo suoi tale tali tanto te ti tra tramite tre tu tua tutta tuttavia tutte tutti
  tutto un una uno va verso vi via viene voi volta vostro domani
`;
