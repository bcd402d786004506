/** Where the holders of a role sell, and what people and companies are called there. */
export type Territory = {
  /** The roles whose holders own what is generated here. */
  readonly roles: readonly string[];
  /** The role of those who sell it. */
  readonly rep: string;
  readonly places: readonly (readonly [city: string, country: string])[];
  readonly firstNames: readonly string[];
  readonly lastNames: readonly string[];
  /** First words of companies. */
  readonly houses: readonly string[];
};

export const TERRITORIES: readonly Territory[] = [
  {
    roles: ["dach-rep", "dach-lead"],
    rep: "dach-rep",
    places: [["Berlin", "Germany"], ["Leipzig", "Germany"], ["Stuttgart", "Germany"], ["Dortmund", "Germany"], ["Wien", "Austria"], ["Graz", "Austria"], ["Zürich", "Switzerland"], ["Basel", "Switzerland"]],
    firstNames: ["Anke", "Bernd", "Clara", "Dirk", "Elke", "Florian", "Greta", "Holger", "Jana", "Karl", "Luise", "Moritz", "Petra", "Stefan"],
    lastNames: ["Albrecht", "Baumann", "Conrad", "Dietrich", "Egger", "Frey", "Gruber", "Hartmann", "Kaiser", "Lorenz", "Pichler", "Roth", "Sommer", "Wirth"],
    houses: ["Alpstein", "Elbtal", "Donau", "Schwarzwald", "Lindau", "Rhön", "Spree", "Tauern", "Weser", "Aare", "Harz", "Salzach"],
  },
  {
    roles: ["nordics-rep", "nordics-lead"],
    rep: "nordics-rep",
    places: [["Oslo", "Norway"], ["Trondheim", "Norway"], ["Uppsala", "Sweden"], ["Göteborg", "Sweden"], ["Aarhus", "Denmark"], ["Odense", "Denmark"], ["Tampere", "Finland"], ["Oulu", "Finland"]],
    firstNames: ["Astrid", "Bjørn", "Kaisa", "Erik", "Helmi", "Gunnar", "Liv", "Mikael", "Sanna", "Torben", "Vilde", "Anders"],
    lastNames: ["Aalto", "Bakke", "Christensen", "Ekström", "Hagen", "Jensen", "Korhonen", "Lund", "Nyberg", "Salonen", "Strand", "Wiklund"],
    houses: ["Fjell", "Skagerrak", "Saimaa", "Vättern", "Lofoten", "Kattegat", "Midgard", "Birka", "Aurora", "Jutland"],
  },
  {
    roles: ["iberia-rep", "iberia-lead"],
    rep: "iberia-rep",
    places: [["Madrid", "Spain"], ["Valencia", "Spain"], ["Bilbao", "Spain"], ["Sevilla", "Spain"], ["Porto", "Portugal"], ["Braga", "Portugal"], ["Coimbra", "Portugal"]],
    firstNames: ["Alba", "Bruno", "Catarina", "Diogo", "Elena", "Gonzalo", "Marta", "Nuno", "Olalla", "Rafael", "Sofia", "Xavier"],
    lastNames: ["Almeida", "Barros", "Campos", "Delgado", "Esteves", "Fuentes", "Iglesias", "Marques", "Navarro", "Pinto", "Serrano", "Vega"],
    houses: ["Tajo", "Douro", "Cantábrico", "Levante", "Mondego", "Ebro", "Alhambra", "Minho", "Sagres"],
  },
  {
    roles: ["us-rep", "us-lead"],
    rep: "us-rep",
    places: [["Boston", "United States"], ["Raleigh", "United States"], ["San Diego", "United States"], ["Madison", "United States"], ["Houston", "United States"], ["Seattle", "United States"], ["Denver", "United States"], ["Atlanta", "United States"]],
    firstNames: ["Alice", "Brandon", "Cynthia", "Derek", "Evelyn", "Frank", "Hannah", "Isaiah", "Jocelyn", "Keith", "Monica", "Trevor"],
    lastNames: ["Bailey", "Caldwell", "Dawson", "Ellison", "Fletcher", "Greene", "Holloway", "Jefferson", "Kimball", "Lawson", "Prescott", "Sutton"],
    houses: ["Lakeshore", "Blue Ridge", "Cascade", "Prairie", "Harbor", "Summit", "Redwood", "Liberty", "Piedmont", "Chesapeake", "Mesa", "Granite"],
  },
  {
    roles: ["latam-rep", "latam-lead"],
    rep: "latam-rep",
    places: [["Lima", "Peru"], ["Bogotá", "Colombia"], ["Medellín", "Colombia"], ["Santiago", "Chile"], ["São Paulo", "Brazil"], ["Curitiba", "Brazil"], ["Monterrey", "Mexico"]],
    firstNames: ["Adriana", "Benjamín", "Cecilia", "Emiliano", "Fernanda", "Gustavo", "Isabela", "Joaquín", "Lucía", "Otávio", "Renata", "Tomás"],
    lastNames: ["Acosta", "Barbosa", "Cárdenas", "Figueroa", "Gallardo", "Herrera", "Lozano", "Moreira", "Ortega", "Paredes", "Salazar", "Valdez"],
    houses: ["Altiplano", "Pacífico", "Amazonas", "Sertão", "Cóndor", "Orinoco", "Atacama", "Ipanema", "Cordillera"],
  },
  {
    roles: ["japan-rep", "japan-lead"],
    rep: "japan-rep",
    places: [["Tokyo", "Japan"], ["Osaka", "Japan"], ["Nagoya", "Japan"], ["Sendai", "Japan"], ["Fukuoka", "Japan"], ["Kyoto", "Japan"]],
    firstNames: ["Aiko", "Daichi", "Emi", "Hiroshi", "Kaori", "Makoto", "Natsuki", "Ren", "Sakura", "Takumi", "Yui"],
    lastNames: ["Abe", "Endo", "Fujita", "Goto", "Hasegawa", "Inoue", "Kimura", "Matsuda", "Ogawa", "Saito", "Ueda", "Yamada"],
    houses: ["Sakuragi", "Hoshino", "Midori", "Akebono", "Tsubame", "Minato", "Shirayuki", "Kaede", "Nagare"],
  },
  {
    roles: ["anz-rep", "anz-lead"],
    rep: "anz-rep",
    places: [["Melbourne", "Australia"], ["Brisbane", "Australia"], ["Adelaide", "Australia"], ["Perth", "Australia"], ["Auckland", "New Zealand"], ["Dunedin", "New Zealand"]],
    firstNames: ["Aroha", "Bronte", "Callum", "Declan", "Fiona", "Hemi", "Isla", "Jarrah", "Matilda", "Nikau", "Rhys"],
    lastNames: ["Anderson", "Burns", "Cooper", "Fraser", "Hughes", "Kelly", "Martin", "Ngata", "Parker", "Reid", "Thompson"],
    houses: ["Southern Cross", "Kauri", "Coral", "Murray", "Waitaki", "Eucalypt", "Tasman", "Kōwhai"],
  },
];

/** Dealers bring leads from where Acme has nobody. */
export const DEALERS: Territory = {
  roles: ["dealer"],
  rep: "dealer",
  places: [["Nairobi", "Kenya"], ["Cairo", "Egypt"], ["Quito", "Ecuador"], ["La Paz", "Bolivia"], ["Accra", "Ghana"]],
  firstNames: ["Wanjiru", "Omar", "Pilar", "Kwame", "Layla", "Rodrigo"],
  lastNames: ["Otieno", "Mansour", "Mamani", "Boateng", "Hassan", "Guerrero"],
  houses: ["Rift Valley", "Nile", "Chimborazo", "Volta", "Illimani", "Savannah"],
};

/** The trades Acme sells to, and the second words of companies in each. */
export const TRADES = {
  pharma: ["Pharma", "Biotech", "Therapeutics"],
  food: ["Foods", "Dairy", "Brewery"],
  chemistry: ["Chemicals", "Polymers", "Coatings"],
  university: ["University", "Institute"],
  hospital: ["Hospital", "Diagnostics"],
  water: ["Water", "Environmental"],
} as const;
export type Trade = keyof typeof TRADES;

export const PRODUCTS = ["balances", "centrifuges", "microscopes", "spectrometers"] as const;

export const TITLES = ["Head of laboratory", "Purchasing", "Quality assurance", "Research director", "Laboratory technician", "Facility management"] as const;
