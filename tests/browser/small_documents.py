"""The documents of the small index: three, of which one is hostile."""

HOSTILE = (
    '<img src="http://evil.example/i"><script>fetch("http://evil.example/s")</script>'
    "<style>*{background:url(http://evil.example/c)}</style>![x](http://evil.example/m) "
    "[y](javascript:alert(1)) $x^2$ :red[z] <form action=http://evil.example>"
)
DOCUMENTS = {
    "calf": "Title: Calf pain in a runner\nYear: 2021\nType: case report\n\nTreatment\n\n"
    "Saline was injected between soleus and gastrocnemius. There was no tear of the "
    "soleus on ultrasound. The runner was free of pain.\n",
    "knee": "Title: Swollen knee of a carpenter\nYear: 2009\nType: letter\n\nFindings\n\n"
    "The bursa in front of the patella was red and warm. Fluid was drawn off.\n",
    "gout": f"Title: Gout {HOSTILE}\nType: note {HOSTILE}\nSource: javascript:alert(2)\n\n"
    f"Notes\n\nGout of the big toe {HOSTILE} was treated with rest.\n",
}
