"""Right words of anatomy and medicine that lie one letter from other right words. Data only.

A small corpus may lack one of a pair and have the other; it is not put in its place. The everyday
words of such pairs are in the English list already; the words of synonyms.tsv count as well. The
list comes from pairs that both stand in case reports, and from thinking of neighbours; it is not
complete, and a word that is missing costs one wrong suggestion, which is shown.
"""

RIGHT_WORDS = frozenset(
    """abduct abducted abductor adduct adducted adductor afferent allogeneic allogenic amniotic
    aniridia anuria anuric apnea apnoea arthroscopy arthroses arthrosis arthrotomy
    bacteremia bacteriemia brachial brachii branchial bulbous bullous bursa bursae bursal
    bursitis caecal cardia carpal caval cecal celiac choroid clonic coinfection collagenase
    colonic coracoid corneal cornual costal crural cuboid cutis deltoid digiti digitorum
    distal ductal dural dysphagia dysphasia dysplasia dystonia ectopia efferent elastase
    enteral enteric eversion everted extensor externus fascia fasciae fascial fasciotomy
    femoral femoris fibrillar fibroma fibrosis fibrositis flexor fossae foveal fundal fungal
    ganglionic gingival globus glomus gluteal gravid gravis hallucis hallux hamate
    hemithorax hemizygous hemoptysis hemothorax hepatic herpetic hidradenitis homozygous
    humeral humeri hyaluronidase hypertonia hypotonia hypotonic hypoxemia hypoxia ileac
    ileal ileitis ileus iliac iliacus iliopsoas incubated infraorbital infrarenal
    interarticular interneural internus interosseous intraarticular intradural intramural
    intraneural intraorbital intraosseous intrarenal intubated inversion inverted ischial
    ischiatic keratosis ketosis kyphosis labral laminectomy laminotomy lata latae leiomyoma
    lichenoid lipoma lobulated loculated lordosis lumbar lunate lymphoma macular malacia
    malleolar malleolus maximus meckel medius melena mental merkel metacarpal metaphyses
    metaphysis metatarsal minimus mitral mucinous mucosae mucosal multilobular multilocular
    myelitis myeloma myelopathy myoma myopathy myositis myotome myotomy myxoma navicular
    necrosis nephrosis neurapraxia neurinoma neuritis neurogenic neurolysis neuroma neurosis
    nevus obliquus occlusal oliguria onlay optic orthotic orthotopic osmolality osmolarity
    osteitis osteoma osteopenia osteotome osteotomy palmar palmaris palpation palpitation
    paraclinical patellar perianal perineal perineum perineural perioperative periosteal
    periostitis perirenal peritoneal peritoneum peroneal peroneus peroperative petechial
    phalangeal plantar plantaris pleural plica pollicis popliteal popliteus postoperative
    prednisolone prednisone preoperative pronator proteinuria psoas ptosis pustular radial
    radicular rami ramus rectus renal retinal rotator sacral sacrum scapular sclerosis
    sclerosus sclerotomy sella semimembranosus semitendinosus seroma serosal serratus sinus
    sinusitis soleal soleus spinal splenic stoma stomal stroma stromal supinator
    supraorbital suprarenal sural sutural synovia synovial synovitis talar talus tarsal
    tarsus tendinopathy tendinosis tenosynovitis tenotomy teres thenar thoracostomy
    thoracotomy tibial tophi tophus tracheostomy tracheotomy trochanter trochlea trochlear
    tubercle tuberous typhi ulnar unguis uremia ureter ureteral ureteric urethra urethral
    urethritis uveal vagal valgus varus vascular vasculitis vasti vastus venous vertebrae
    vitreal volar vulval xanthoma xiphoid zoster""".split()
)
