export default `
  acaba ama ancak arada artık aslında ayrıca az bana bazen bazı bazıları belki ben benim beri bile bir biri
  birkaç birçok biz bize bizim böyle bu buna bunda bundan bunlar bunu bunun burada çok çoğu çünkü da daha dan de
  defa değil dedi den diğer diye dolayı dolayısıyla eden ederek edildi edilen ediyor eğer elbette en etti etmek
  fakat gibi göre hâlâ hangi hem hemen henüz hep hepsi her herkes hiç hiçbir için ile ilgili ise işte iyi kadar
  karşı kendi kendisi ki kim kimse mı mi mu mü nasıl ne neden nedenle nerede niçin niye o olan olarak oldu
  olduğu olduğunu olmak olması olsa olup olur ona ondan onlar onların onu onun orada oysa öyle önce pek rağmen
  sadece sana sen siz son sonra söyledi şey şimdi şu şunu tarafından tüm üzere üzerinde var ve veya ya yani yer
  yeni yine yoksa yok zaten bugün dün yarın yıl açıkladı belirtti
`;
