"""Short passages of our own, each with questions and the sentence that answers each of them."""

RUNNER = (
    "A 38-year-old runner came with pain on the outer side of her hip. "
    "She had rested, taken naproxen and tried two courses of physiotherapy without lasting effect. "
    "Ultrasound revealed a partial tear of the gluteus medius tendon. "
    "Under ultrasound guidance 4 ml of platelet-rich plasma were injected into the tendon. "
    "Image guidance is needed because the tendon lies deep and the sciatic nerve is near. "
    "Her pain eased within two weeks and the relief lasted for nine months. "
    "The clinic charges 600 euros and health insurance does not cover it. "
    "Risk factors are female sex, obesity and a sudden increase in training."
)
NERVE = (
    "A 52-year-old carpenter presented with a weak grip and a numb little finger. "
    "His neck moved freely and radiographs of the spine were normal. "
    "He was first thought to have a cervical radiculopathy. "
    "Magnetic resonance imaging of the wrist showed a ganglion beside the ulnar nerve. "
    "The cyst was excised and the nerve released. "
    "Histology confirmed the diagnosis of ganglion cyst. "
    "Six months after surgery his grip had recovered and no recurrence was seen."
)
DRUG = (
    "A 70-year-old woman was admitted because of pain in both heels. "
    "There was no swelling of the knees, and blood tests were unremarkable. "
    "Her symptoms began three days after she had started levofloxacin for pneumonia. "
    "Both Achilles tendons were torn, and the rupture was attributed to the antibiotic. "
    "The drug was stopped and both legs were immobilised in splints. "
    "She walked without pain again after 14 weeks. "
    "Such ruptures are rare and occur in about 3 of 10,000 patients."
)
SHOULDER = (
    "Frozen shoulder is a common cause of pain in middle age. "
    "It is more common in people with diabetes or thyroid disease. "
    "Hydrodilatation is done with 20 ml of saline, 40 mg of triamcinolone and lidocaine. "
    "Infection and flushing of the face are possible complications. "
    "Most patients regained full movement within three months. "
    "Book your appointment online today!"
)
FEVER = (
    "A boy of nine had fever and refused to put weight on his left leg. "
    "The hip was held in flexion, and every movement hurt. "
    "Plain radiographs of the hip were normal. "
    "Scanning revealed an abscess in the psoas muscle. "
    "It was drained and he received flucloxacillin for six weeks. "
    "At one year he played football again."
)

CASES: tuple[tuple[str, str, str], ...] = (
    (RUNNER, "what alternatives can I offer a runner when everything failed", "Under ultrasound"),
    (RUNNER, "how long did the relief last?", "Her pain eased"),
    (RUNNER, "does insurance pay for it", "The clinic charges"),
    (RUNNER, "which risk factors are known", "Risk factors are"),
    (RUNNER, "is ultrasound guidance needed", "Image guidance"),
    (RUNNER, "lateral hip pain in a runner, what is wrong?", "Ultrasound revealed"),
    (RUNNER, "how much does the injection cost", "The clinic charges"),
    (NERVE, "weak grip and numb little finger, what is it?", "Histology|Magnetic"),
    (NERVE, "ulnar nerve ganglion at the wrist, how to treat", "The cyst was"),
    (NERVE, "does grip strength come back after excision of a ganglion", "Six months"),
    (NERVE, "does a ganglion at the wrist recur?", "Six months"),
    (NERVE, "ganglion ulnar nerve wrist", "Magnetic"),
    (DRUG, "can levofloxacin tear the Achilles tendon", "Both Achilles|Her symptoms"),
    (DRUG, "how long until she walked without pain?", "She walked"),
    (DRUG, "how common are tendon ruptures from antibiotics", "Such ruptures"),
    (DRUG, "what was done about the torn heel cords", "The drug was stopped"),
    (SHOULDER, "what dose of steroid is used to distend the joint", "Hydrodilatation"),
    (SHOULDER, "who is prone to a frozen shoulder", "It is more"),
    (SHOULDER, "what complications can occur", "Infection"),
    (SHOULDER, "does hydrodilatation work?", "Most patients"),
    (FEVER, "child with fever who will not walk, hip films normal", "Scanning"),
    (FEVER, "abscess in the psoas of a child, drain or antibiotics alone?", "It was drained"),
    (FEVER, "outcome of psoas abscess in children", "At one year"),
)
"""A passage, a question, and how the sentence that answers begins; where either does, both."""
