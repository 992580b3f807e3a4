<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>Attune</name>
        <message>
            <location filename="../../gui/core_words.py" />
            <source>File is not a zip file</source>
            <translation>不是 zip 文件</translation>
        </message>
        <message>
            <location filename="../../gui/core_words.py" />
            <source>Input/output error</source>
            <translation>输入输出错误</translation>
        </message>
        <message>
            <location filename="../../gui/core_words.py" />
            <source>No such file or directory</source>
            <translation>没有那个文件或文件夹</translation>
        </message>
        <message>
            <location filename="../../gui/core_words.py" />
            <source>Permission denied</source>
            <translation>权限不足</translation>
        </message>
        <message>
            <location filename="../../gui/core_words.py" />
            <source>Read-only file system</source>
            <translation>只读文件系统</translation>
        </message>
        <message>
            <location filename="../../gui/core_words.py" />
            <source>a pair</source>
            <translation>一个句对</translation>
        </message>
        <message>
            <location filename="../../gui/core_words.py" />
            <source>a sentence</source>
            <translation>一个句子</translation>
        </message>
        <message>
            <location filename="../../gui/core_words.py" />
            <source>line</source>
            <translation>行</translation>
        </message>
        <message>
            <location filename="../../gui/core_words.py" />
            <source>row</source>
            <translation>行</translation>
        </message>
        <message>
            <location filename="../../gui/core_words.py" />
            <source>source</source>
            <translation>源语言</translation>
        </message>
        <message>
            <location filename="../../gui/core_words.py" />
            <source>target</source>
            <translation>目标语言</translation>
        </message>
        <message>
            <location filename="../../gui/core_words.py" />
            <source>unit</source>
            <translation>单元</translation>
        </message>
        <message>
            <location filename="../../gui/core_words.py" />
            <source>{place}: {what}</source>
            <translation>{place}：{what}</translation>
        </message>
        <message>
            <location filename="../../gui/core_words.py" />
            <location filename="../../gui/errors.py" />
            <location filename="../../gui/pages/classroom_parts/explanation.py" />
            <source>{what}.</source>
            <translation>{what}。</translation>
        </message>
        <message>
            <location filename="../../gui/errors.py" />
            <source>Close other programs, then try again.</source>
            <translation>请关闭其他程序后再试。</translation>
        </message>
        <message>
            <location filename="../../gui/errors.py" />
            <source>Something unexpected went wrong ({name}).</source>
            <translation>发生了意外错误（{name}）。</translation>
        </message>
        <message>
            <location filename="../../gui/errors.py" />
            <source>The computer ran out of memory.</source>
            <translation>电脑内存不足。</translation>
        </message>
        <message>
            <location filename="../../gui/errors.py" />
            <source>Your text is untouched. A report of it is offered at the next start.</source>
            <translation>你的文本没有受影响。下次启动时可以查看错误报告。</translation>
        </message>
        <message>
            <location filename="../../gui/errors.py" />
            <source>{place}: {what}.</source>
            <translation>{place}：{what}。</translation>
        </message>
        <message>
            <location filename="../../gui/i18n.py" />
            <source>, </source>
            <translation>，</translation>
        </message>
        <message>
            <location filename="../../gui/i18n.py" />
            <source>Chinese</source>
            <translation>中文</translation>
        </message>
        <message>
            <location filename="../../gui/i18n.py" />
            <source>English</source>
            <translation>英文</translation>
        </message>
        <message>
            <location filename="../../gui/i18n.py" />
            <source>{first} {second}</source>
            <translation>{first}{second}</translation>
        </message>
        <message>
            <location filename="../../gui/jobs/child.py" />
            <source>Install Attune again, or move it back to where it was installed.</source>
            <translation>请重新安装对译，或把它移回原来的安装位置。</translation>
        </message>
        <message>
            <location filename="../../gui/jobs/child.py" />
            <source>Mend this and start again.</source>
            <translation>请改正后重新开始。</translation>
        </message>
        <message>
            <location filename="../../gui/jobs/child.py" />
            <source>Most often memory ran out: close other programs and start again.</source>
            <translation>多半是内存不足：请关闭其他程序后重新开始。</translation>
        </message>
        <message>
            <location filename="../../gui/jobs/child.py" />
            <source>Start again; give it a little longer before stopping.</source>
            <translation>请重新开始，停止前多等一会儿。</translation>
        </message>
        <message>
            <location filename="../../gui/jobs/child.py" />
            <source>Start again; if it happens twice, report it with the details below.</source>
            <translation>请重新开始；若再次发生，请附上下面的详情反馈。</translation>
        </message>
        <message>
            <location filename="../../gui/jobs/child.py" />
            <source>the training program</source>
            <translation>训练程序</translation>
        </message>
        <message>
            <location filename="../../gui/jobs/child.py" />
            <source>training ended before the best model was written</source>
            <translation>最佳模型还没写好，训练就结束了</translation>
        </message>
        <message>
            <location filename="../../gui/jobs/child.py" />
            <source>{program} could not be started</source>
            <translation>{program}无法启动</translation>
        </message>
        <message>
            <location filename="../../gui/jobs/child.py" />
            <source>{program} ended unexpectedly (exit code {code})</source>
            <translation>{program}意外结束（退出代码 {code}）</translation>
        </message>
        <message>
            <location filename="../../gui/jobs/child.py" />
            <source>{program} was ended by the system (code {code})</source>
            <translation>{program}被系统终止（代码 {code}）</translation>
        </message>
        <message>
            <location filename="../../gui/jobs/sample_tasks.py" />
            <source>Tea house</source>
            <translation>茶馆</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <location filename="../../gui/pages/classroom.py" />
            <source>Classroom</source>
            <translation>课堂</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Compare with another on a sentence</source>
            <translation>用一个句子与另一个模型比较</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Continue the translation from there</source>
            <translation>从那里继续翻译</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Designed text size</source>
            <translation>恢复默认文字大小</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Enter</source>
            <translation>回车</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Everywhere</source>
            <translation>所有页面</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Go from cell to cell, or along the search</source>
            <translation>逐格移动，或沿搜索移动</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>In the drawing: from block to block</source>
            <translation>在结构图中：逐块移动</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>In the list of runs: rename, discard or delete</source>
            <translation>在训练列表中：重命名、丢弃或删除</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>In the list of runs: show its curves</source>
            <translation>在训练列表中：显示其曲线</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>In “True?”: from word to word, source and translation</source>
            <translation>在“可信吗？”中：在原文和译文里逐词移动</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Inside, in a heatmap or a search</source>
            <translation>内部：热力图或搜索中</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <location filename="../../gui/pages/settings.py" />
            <source>Larger text</source>
            <translation>放大文字</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Larger, smaller, as designed</source>
            <translation>放大、缩小、恢复默认</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <location filename="../../gui/pages/models.py" />
            <location filename="../../gui/pages/models_parts/family_tree.py" />
            <source>Models</source>
            <translation>模型</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Models, in the list</source>
            <translation>模型列表中</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Move to the trash</source>
            <translation>移到回收站</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Open Classroom</source>
            <translation>打开课堂</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Open Models</source>
            <translation>打开“模型”</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Open Settings</source>
            <translation>打开“设置”</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Open Teach</source>
            <translation>打开“教学”</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Open Translate</source>
            <translation>打开“翻译”</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Other words in the place of a translated one</source>
            <translation>用其他词替换一个译词</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Quit</source>
            <translation>退出</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <location filename="../../gui/pages/models_parts/rename_form.py" />
            <source>Rename</source>
            <translation>重命名</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <location filename="../../gui/pages/settings.py" />
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Show the links of several words at once</source>
            <translation>同时显示几个词的对应关系</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Show this overview</source>
            <translation>显示本列表</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <location filename="../../gui/pages/settings.py" />
            <source>Smaller text</source>
            <translation>缩小文字</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Space</source>
            <translation>空格</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Step from word to word, showing its links</source>
            <translation>逐词移动并显示对应关系</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <location filename="../../gui/pages/teach.py" />
            <location filename="../../gui/pages/translate_parts/lesson_panel.py" />
            <source>Teach</source>
            <translation>教学</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <location filename="../../gui/widgets/panes.py" />
            <source>Translate</source>
            <translation>翻译</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <location filename="../../gui/pages/classroom_parts/run_actions.py" />
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <location filename="../../gui/pages/teach_steps/result_step.py" />
            <location filename="../../gui/pages/translate_parts/model_notice.py" />
            <source>Translate with it</source>
            <translation>用它翻译</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>What you set now is forgotten when the window closes.</source>
            <translation>现在所做的设置在关闭窗口后不会保留。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom.py" />
            <source>Close Attune while systems learn?</source>
            <translation>系统还在学习，要关闭 Attune 吗？</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom.py" />
            <source>Compose</source>
            <translation>搭建</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom.py" />
            <source>Data</source>
            <translation>数据</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom.py" />
            <source>Gradients</source>
            <translation>梯度</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom.py" />
            <location filename="../../gui/pages/classroom_parts/run_actions.py" />
            <location filename="../../gui/pages/teach.py" />
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <source>Keep learning</source>
            <translation>继续学习</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom.py" />
            <source>Keep the best of each and close</source>
            <translation>各保留最好的状态并关闭</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom.py" />
            <source>Leave them and close</source>
            <translation>搁下并关闭</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom.py" />
            <source>Left, they wait to be gone on with when you open Attune next time.</source>
            <translation>搁下后，下次打开 Attune 时可以接着训练。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom.py" />
            <location filename="../../gui/pages/classroom_parts/run_list.py" />
            <source>Runs</source>
            <translation>训练</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom.py" />
            <location filename="../../gui/pages/classroom_parts/run_actions.py" />
            <source>Side by side</source>
            <translation>并排比较</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom.py" />
            <source>Tick two kept runs that read and write the same languages; they are compared.</source>
            <translation>请勾选两个已保留、读写语言相同的训练，即可并排比较。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom.py" />
            <location filename="../../gui/pages/models.py" />
            <location filename="../../gui/pages/teach_steps/line_tables.py" />
            <location filename="../../gui/pages/translate_parts/lesson_panel.py" />
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom.py" />
            <source>‹ Back to the runs</source>
            <translation>‹ 返回训练列表</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/compose_view.py" />
            <source>Next: data and time</source>
            <translation>下一步：数据和时间</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/compose_view.py" />
            <source>Preset</source>
            <translation>预设</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/compose_view.py" />
            <source>Reset</source>
            <translation>还原</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/compose_view.py" />
            <source>Take all options from the preset again</source>
            <translation>全部选项恢复为预设的值</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/data_view.py" />
            <location filename="../../gui/pages/teach_steps/check_step.py" />
            <source>1 line</source>
            <translation>1 行</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/data_view.py" />
            <location filename="../../gui/pages/teach_steps/check_step.py" />
            <source>Check again</source>
            <translation>重新检查</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/data_view.py" />
            <location filename="../../gui/pages/teach_steps/check_step.py" />
            <source>Choose another file</source>
            <translation>换一个文件</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/data_view.py" />
            <source>Pairs that come with Attune, to try systems with</source>
            <translation>Attune 自带的句对，可用来试验各种系统</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/data_view.py" />
            <source>Samples</source>
            <translation>示例</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/data_view.py" />
            <location filename="../../gui/pages/teach_steps/check_step.py" />
            <source>{count} lines</source>
            <translation>{count} 行</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/diagram_card.py" />
            <source>As large as fits</source>
            <translation>适合窗口</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/diagram_card.py" />
            <source>B sentences, S source pieces, T target pieces</source>
            <translation>B 个句子，S 个源语言片段，T 个目标语言片段</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/diagram_card.py" />
            <source>Larger</source>
            <translation>放大</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/diagram_card.py" />
            <source>Smaller</source>
            <translation>缩小</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/explanation.py" />
            <source>Mended here, unlike in many a tutorial:</source>
            <translation>许多教程有、这里已改正的问题：</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/option_form.py" />
            <source>Find an option</source>
            <translation>查找选项</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/option_form.py" />
            <source>Find an option…</source>
            <translation>查找选项…</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/option_form.py" />
            <source>No option is called so.</source>
            <translation>没有叫这个名字的选项。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/option_form.py" />
            <source>folded</source>
            <translation>已折叠</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/option_form.py" />
            <source>unfolded</source>
            <translation>已展开</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/option_form.py" />
            <source>{group} · {count} changed</source>
            <translation>{group} · 改动 {count} 项</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/option_row.py" />
            <source>{option}: as the preset has it</source>
            <translation>{option}：恢复为预设的值</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <source>1 pair</source>
            <translation>1 个句对</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <source>All</source>
            <translation>全部</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <source>Choose a file of pairs.</source>
            <translation>请选择一个句对文件。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <source>Code of the language that it reads</source>
            <translation>读入语言的代码</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <source>Code of the language that it writes</source>
            <translation>写出语言的代码</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <source>Half</source>
            <translation>一半</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <source>It waits until a run has ended.</source>
            <translation>要等一个训练结束后才开始。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <source>Languages</source>
            <translation>语言</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <source>Minutes</source>
            <translation>分钟</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <location filename="../../gui/pages/teach_steps/teach_form.py" />
            <source>Minutes to learn</source>
            <translation>学习分钟数</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <location filename="../../gui/pages/teach_steps/teach_form.py" />
            <source>Name of the new model</source>
            <translation>新模型的名称</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <source>Others…</source>
            <translation>其他…</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <source>Processors</source>
            <translation>处理器</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <location filename="../../gui/viewmodels/tune_form.py" />
            <source>Rounds</source>
            <translation>轮数</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <source>Rounds through the pairs</source>
            <translation>遍历句对的轮数</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <source>Train</source>
            <translation>开始训练</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <source>Until</source>
            <translation>训练到</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <location filename="../../gui/pages/classroom_parts/vanishing_view.py" />
            <source>Updates</source>
            <translation>更新次数</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <source>With half of them two runs learn side by side; with all of them the next one waits</source>
            <translation>各用一半时两个训练同时进行；全部用上时，下一个要等待</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <source>de, text, digits: what decides how words are cut and marks set</source>
            <translation>de、text、digits：决定如何切词、如何加标点</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <source>{count} pairs</source>
            <translation>{count} 个句对</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/plan_form.py" />
            <source>{system}, {pairs}.</source>
            <translation>{system}，{pairs}。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/run_actions.py" />
            <source>Compose again</source>
            <translation>再次搭建</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/run_actions.py" />
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <location filename="../../gui/widgets/crash_reports.py" />
            <source>Delete</source>
            <translation>删除</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/run_actions.py" />
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <location filename="../../gui/pages/teach_steps/unfinished_banner.py" />
            <source>Discard</source>
            <translation>放弃</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/run_actions.py" />
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <source>Discard what it has learnt so far?</source>
            <translation>放弃目前学到的内容？</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/run_actions.py" />
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <location filename="../../gui/pages/teach_steps/unfinished_banner.py" />
            <source>Discard…</source>
            <translation>放弃…</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/run_actions.py" />
            <source>End it for now; it can be gone on with another time</source>
            <translation>暂且结束，以后可以接着训练</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/run_actions.py" />
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <source>Export…</source>
            <translation>导出…</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/run_actions.py" />
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <location filename="../../gui/pages/teach_steps/unfinished_banner.py" />
            <source>Go on</source>
            <translation>继续</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/run_actions.py" />
            <source>Leave</source>
            <translation>搁下</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/run_actions.py" />
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <source>Nothing of this run will be kept. It goes on until you decide.</source>
            <translation>这次训练的内容都不会保留。在你决定之前它会继续。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/run_actions.py" />
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/run_actions.py" />
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <source>Rename…</source>
            <translation>重命名…</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/run_actions.py" />
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <source>Resume</source>
            <translation>继续</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/run_actions.py" />
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <source>Stop and keep the best</source>
            <translation>停止并保留最佳</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/run_actions.py" />
            <source>Take away</source>
            <translation>移除</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/run_actions.py" />
            <source>Take its system and its options for another run</source>
            <translation>用它的系统和选项再做一次训练</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/run_actions.py" />
            <source>What the ticked models make of one sentence</source>
            <translation>看勾选的各模型如何翻译同一个句子</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/runs_view.py" />
            <source>By distance</source>
            <translation>按距离</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/runs_view.py" />
            <source>Compose a system</source>
            <translation>搭建系统</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/runs_view.py" />
            <source>Compose one, give it a file of pairs, and watch it learn beside others.</source>
            <translation>搭建一个系统，给它一个句对文件，看它和别的系统一起学习。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/runs_view.py" />
            <location filename="../../gui/widgets/truth_view.py" />
            <source>Gradient</source>
            <translation>梯度</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/runs_view.py" />
            <source>How the gradient fades with the distance</source>
            <translation>梯度如何随距离衰减</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/runs_view.py" />
            <location filename="../../gui/pages/classroom_parts/vanishing_view.py" />
            <location filename="../../gui/viewmodels/run_table.py" />
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/runs_view.py" />
            <source>No system has been trained here yet.</source>
            <translation>这里还没有训练过系统。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/runs_view.py" />
            <source>None of the ticked runs has told how its gradients fade.</source>
            <translation>勾选的训练都还没有报告梯度如何衰减。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/runs_view.py" />
            <location filename="../../gui/widgets/chart_view.py" />
            <source>The curve begins with the first step.</source>
            <translation>曲线从第一步开始。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/runs_view.py" />
            <location filename="../../gui/widgets/runs_chart.py" />
            <source>Tick runs in the list to see their curves.</source>
            <translation>在列表中勾选训练，即可看到它们的曲线。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/runs_view.py" />
            <source>To watch sentences of your own, pin them before the start, under Data.</source>
            <translation>想观察自己的句子，请在开始前到“数据”里把它钉住。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/vanishing_view.py" />
            <source>Blanks</source>
            <translation>空白数</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/vanishing_view.py" />
            <source>From {low} to {high}</source>
            <translation>从 {low} 到 {high}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/vanishing_view.py" />
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <source>Progress</source>
            <translation>进度</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/vanishing_view.py" />
            <source>Recalled</source>
            <translation>记忆</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/vanishing_view.py" />
            <location filename="../../gui/pages/teach_steps/second_pass_line.py" />
            <location filename="../../gui/pages/translate_parts/lesson_panel.py" />
            <location filename="../../gui/widgets/panes.py" />
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/vanishing_view.py" />
            <source>The gradient at first, by how far back</source>
            <translation>开始时的梯度，按回传的步数</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/vanishing_view.py" />
            <source>The norm of the loss's gradient at each state, from the last one read backwards</source>
            <translation>损失对每个状态的梯度范数，从最后读入的状态往前数</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/vanishing_view.py" />
            <source>Three symbols are read, then blanks, then the symbols are to be written from memory. Whoever learns that must send its gradient back through all the blanks.</source>
            <translation>先读入三个符号，再读入一串空白，然后凭记忆写出这些符号。要学会这件事，梯度必须穿过所有空白传回去。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/vanishing_view.py" />
            <source>Try</source>
            <translation>试验</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/vanishing_view.py" />
            <source>Try it: seconds to a couple of minutes.</source>
            <translation>试试看：几秒到几分钟。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/vanishing_view.py" />
            <location filename="../../gui/viewmodels/run_curves.py" />
            <location filename="../../gui/widgets/loss_chart.py" />
            <source>loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/vanishing_view.py" />
            <location filename="../../gui/viewmodels/run_curves.py" />
            <source>norm of the gradient</source>
            <translation>梯度范数</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/vanishing_view.py" />
            <source>recalled without an error, %</source>
            <translation>完全记对的比例，%</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/vanishing_view.py" />
            <source>recalled: {cells}</source>
            <translation>记对：{cells}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/vanishing_view.py" />
            <location filename="../../gui/viewmodels/run_curves.py" />
            <location filename="../../gui/widgets/loss_chart.py" />
            <source>step</source>
            <translation>步</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/vanishing_view.py" />
            <location filename="../../gui/viewmodels/run_curves.py" />
            <source>steps back from the loss</source>
            <translation>距损失的步数</translation>
        </message>
        <message>
            <location filename="../../gui/pages/classroom_parts/vanishing_view.py" />
            <source>{name} {share} %</source>
            <translation>{name} {share} %</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models.py" />
            <source>Add a model from a file; or drop the file here</source>
            <translation>从文件添加模型，也可以把文件拖到这里</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models.py" />
            <source>Import…</source>
            <translation>导入…</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models.py" />
            <source>Let go to import it</source>
            <translation>松开鼠标即可导入</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models.py" />
            <source>No program opens the page {path}.</source>
            <translation>没有程序能打开页面 {path}。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models.py" />
            <source>Open it in a browser yourself.</source>
            <translation>请自行用浏览器打开。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/compare_view.py" />
            <source>A sentence in {language}</source>
            <translation>输入一句{language}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/compare_view.py" />
            <source>Compare</source>
            <translation>比较</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/compare_view.py" />
            <source>Mean log-probability of a piece, as the search ranks it; 0 is certain</source>
            <translation>每个子词的平均对数概率，搜索按它排序；0 表示完全确定</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/compare_view.py" />
            <location filename="../../gui/pages/settings.py" />
            <location filename="../../gui/widgets/direction_bar.py" />
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/compare_view.py" />
            <source>Sentence to compare</source>
            <translation>用来比较的句子</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/compare_view.py" />
            <source>There is no word to look from.</source>
            <translation>没有可以查看注意力的词。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/compare_view.py" />
            <source>score {score}</source>
            <translation>得分 {score}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/compare_view.py" />
            <location filename="../../gui/pages/models_parts/trash_view.py" />
            <source>‹ Back to the models</source>
            <translation>‹ 返回模型列表</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <source>1 sentence</source>
            <translation>1 个句子</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <source>Created</source>
            <translation>创建时间</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <source>Cross-entropy of a piece of a word in pairs that were not learnt; less is better</source>
            <translation>未学过的句对上每个子词的交叉熵，越小越好</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <location filename="../../gui/pages/teach_steps/comparison_card.py" />
            <location filename="../../gui/pages/translate_parts/lesson_result.py" />
            <source>Everyday sentences</source>
            <translation>日常句子</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <location filename="../../gui/pages/teach.py" />
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <source>Learnt from</source>
            <translation>学自</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <source>Likeness to the sentences' own translations, 0 to 100; {sentences}</source>
            <translation>与参考译文的相似程度，0 到 100；{sentences}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <source>Pairs</source>
            <translation>句对</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <source>Pairs held out</source>
            <translation>留出的句对</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <source>Parameters that were learnt</source>
            <translation>学得的参数</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <location filename="../../gui/pages/settings.py" />
            <source>Precision</source>
            <translation>精度</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <source>Stored as {kind}</source>
            <translation>以 {kind} 存储</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <source>The model that it was tuned from</source>
            <translation>微调前的基础模型</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <location filename="../../gui/pages/teach_steps/teach_form.py" />
            <source>Time</source>
            <translation>用时</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <source>What is wrong</source>
            <translation>问题</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <source>loss {before} → {after}</source>
            <translation>损失 {before} → {after}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <source>{bits} bits a weight</source>
            <translation>每个参数 {bits} 位</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <source>{count} million weights</source>
            <translation>{count}M 参数</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <source>{count} sentences</source>
            <translation>{count} 个句子</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/facts.py" />
            <source>{n} minutes</source>
            <translation>{n} 分钟</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/family_tree.py" />
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <source>built in</source>
            <translation>内置</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/family_tree.py" />
            <source>damaged</source>
            <translation>已损坏</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/family_tree.py" />
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <source>in use</source>
            <translation>使用中</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <source>Compare…</source>
            <translation>比较…</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <source>Delete, go back to {name}</source>
            <translation>删除并换回 {name}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <source>Enter, in the list</source>
            <translation>在列表中按回车</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <source>How it was trained, as a page in your browser</source>
            <translation>在浏览器中查看它是怎样训练的</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <source>It translates now</source>
            <translation>正在用它翻译</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <source>Moves it to the trash; can be undone</source>
            <translation>移到回收站，可以撤销</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <source>Moves this model to the trash; {name} translates again</source>
            <translation>把这个模型移到回收站，重新用 {name} 翻译</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <location filename="../../gui/pages/models_parts/note_editor.py" />
            <source>Note</source>
            <translation>备注</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <source>Receipt</source>
            <translation>训练记录</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <source>Save the model as one file, for another computer</source>
            <translation>把模型存成一个文件，供其他电脑使用</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <source>Teach it further</source>
            <translation>继续教它</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <source>The last model stays</source>
            <translation>最后一个模型不能删除</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <source>There is no other model for these languages</source>
            <translation>没有其他同语言方向的模型</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <source>This folder holds no sound model.</source>
            <translation>这个文件夹里没有完好的模型。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <source>What it was taught</source>
            <translation>学过的内容</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/model_card.py" />
            <source>With another model, on one sentence ({keys})</source>
            <translation>用一个句子与另一个模型比较（{keys}）</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/model_files.py" />
            <location filename="../../gui/pages/teach_steps/file_dialog.py" />
            <location filename="../../gui/pages/translate_parts/saved_translation.py" />
            <location filename="../../gui/pages/translate_parts/text_files.py" />
            <source>All files (*)</source>
            <translation>所有文件 (*)</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/model_files.py" />
            <source>Export {name}</source>
            <translation>导出 {name}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/model_files.py" />
            <source>Exported models ({ending})</source>
            <translation>导出的模型 ({ending})</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/model_files.py" />
            <source>Import models</source>
            <translation>导入模型</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/note_editor.py" />
            <source>What you want to remember about this model</source>
            <translation>关于这个模型，想记下什么</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/rename_form.py" />
            <location filename="../../gui/pages/teach_steps/check_step.py" />
            <location filename="../../gui/pages/translate_parts/lesson_panel.py" />
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/rename_form.py" />
            <source>New name</source>
            <translation>新名称</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/trash_view.py" />
            <source>1 deleted model</source>
            <translation>1 个已删除的模型</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/trash_view.py" />
            <source>Bring deleted models back, or delete them for good</source>
            <translation>恢复已删除的模型，或彻底删除</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/trash_view.py" />
            <source>Delete for good</source>
            <translation>彻底删除</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/trash_view.py" />
            <source>Delete these models for good?</source>
            <translation>彻底删除这些模型？</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/trash_view.py" />
            <source>Deleted models take {size} on the disk.</source>
            <translation>已删除的模型占用磁盘 {size}。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/trash_view.py" />
            <source>Deleted {when}</source>
            <translation>删除于 {when}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/trash_view.py" />
            <source>Empty the trash…</source>
            <translation>清空回收站…</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/trash_view.py" />
            <location filename="../../gui/pages/teach_steps/unfinished_banner.py" />
            <location filename="../../gui/pages/translate_parts/lesson_panel.py" />
            <source>Keep</source>
            <translation>保留</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/trash_view.py" />
            <source>Restore</source>
            <translation>恢复</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/trash_view.py" />
            <source>Restore {name}</source>
            <translation>恢复 {name}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/trash_view.py" />
            <source>This cannot be undone.</source>
            <translation>此操作无法撤销。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/models_parts/trash_view.py" />
            <source>{count} deleted models</source>
            <translation>{count} 个已删除的模型</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>About</source>
            <translation>关于</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Also Ctrl+=, Ctrl+- and Ctrl+0</source>
            <translation>也可用 Ctrl+=、Ctrl+- 和 Ctrl+0</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Automatic</source>
            <translation>自动</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Automatic is the fastest here; fp32 is the most exact and the slowest</source>
            <translation>“自动”在这台电脑上最快；fp32 最精确，也最慢</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Beam size: hypotheses the search keeps at every step</source>
            <translation>束宽：束搜索每一步保留的候选数</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Computing</source>
            <translation>计算</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Fewer leave more of the computer to other programs</source>
            <translation>越少，留给其他程序的越多</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Free software under the MIT licence; its parts have licences of their own</source>
            <translation>自由软件，采用 MIT 许可证；所含组件各有其许可证</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Holds from the next time that Attune is opened</source>
            <translation>下次打开对译时生效</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>How many wordings are followed side by side: more is better and slower</source>
            <translation>同时保留多少种候选译法：越多越好，也越慢</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Licences…</source>
            <translation>许可证…</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Light or dark, or as the desktop has it</source>
            <translation>浅色、深色，或跟随系统</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Look</source>
            <translation>外观</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Of this window; System is that of the computer</source>
            <translation>本窗口的语言；“跟随系统”即电脑的语言</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Otherwise press Ctrl+Enter to translate</source>
            <translation>关闭后按 Ctrl+Enter 翻译</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Processor cores</source>
            <translation>处理器核心数</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Recognise the language</source>
            <translation>自动识别语言</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Search width</source>
            <translation>搜索宽度</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>System</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Text size</source>
            <translation>文字大小</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>The languages follow the model</source>
            <translation>语言方向由模型决定</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Theme</source>
            <translation>主题</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Translate while typing</source>
            <translation>边输入边翻译</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Translating</source>
            <translation>翻译</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>Turns the direction round when the other language is typed or pasted</source>
            <translation>输入或粘贴另一种语言时自动掉转方向</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings.py" />
            <source>{size} %</source>
            <translation>{size}%</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach.py" />
            <source>Check</source>
            <translation>检查</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach.py" />
            <source>Close Attune while a model learns?</source>
            <translation>模型还在学习，要关闭对译吗？</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach.py" />
            <source>Keep the best and close</source>
            <translation>保留最佳状态并关闭</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach.py" />
            <source>Learn</source>
            <translation>学习</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach.py" />
            <source>Leave it and close</source>
            <translation>暂且放下并关闭</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach.py" />
            <source>Left, it waits to be gone on with when you open Attune next time.</source>
            <translation>离开后，下次打开对译时可以接着学。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach.py" />
            <source>Result</source>
            <translation>结果</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/advanced_form.py" />
            <source>Does not learn: {part}</source>
            <translation>不学习：{part}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/advanced_form.py" />
            <source>Ends the run when everyday sentences have surely become worse</source>
            <translation>日常句子确实变差时结束训练</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/advanced_form.py" />
            <source>Epochs: how often it goes through all pairs, if that takes less than the time</source>
            <translation>轮数：时间允许时把全部句对过几遍</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/advanced_form.py" />
            <source>How much it looks at before each update</source>
            <translation>每次更新前看多少内容</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/advanced_form.py" />
            <source>Instead of the strength's, as 0.0001: how far each update goes</source>
            <translation>代替“强度”的设定，例如 0.0001：每次更新走多远</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/advanced_form.py" />
            <source>Keep as they are</source>
            <translation>保持不变</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/advanced_form.py" />
            <location filename="../../gui/viewmodels/tune_form.py" />
            <source>Learning rate</source>
            <translation>学习率</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/advanced_form.py" />
            <source>Parts of the model that do not learn: it forgets less, learns less</source>
            <translation>这些部分不参与学习：忘得少，学得也少</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/advanced_form.py" />
            <source>Reading</source>
            <translation>编码器</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/advanced_form.py" />
            <source>Replay, %</source>
            <translation>回放比例，%</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/advanced_form.py" />
            <source>Rounds at most</source>
            <translation>最多轮数</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/advanced_form.py" />
            <source>Share of the updates that go to everyday sentences, lest it forget them</source>
            <translation>用于日常句子的更新所占比例，防止遗忘</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/advanced_form.py" />
            <source>Stop when it forgets</source>
            <translation>开始遗忘时停止</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/advanced_form.py" />
            <location filename="../../gui/viewmodels/tune_form.py" />
            <source>Tokens in a batch</source>
            <translation>每批词元数</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/advanced_form.py" />
            <source>Words</source>
            <translation>词向量</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/advanced_form.py" />
            <source>Writing</source>
            <translation>解码器</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/advanced_form.py" />
            <source>as usual</source>
            <translation>默认</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/banners.py" />
            <source>Details</source>
            <translation>详情</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/changes_card.py" />
            <location filename="../../gui/pages/teach_steps/result_step.py" />
            <location filename="../../gui/pages/translate_parts/lesson_result.py" />
            <source>After</source>
            <translation>学后</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/changes_card.py" />
            <source>As it should be translated</source>
            <translation>应有的译文</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/changes_card.py" />
            <location filename="../../gui/pages/teach_steps/result_step.py" />
            <location filename="../../gui/pages/translate_parts/lesson_result.py" />
            <source>Before</source>
            <translation>学前</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/changes_card.py" />
            <source>Better</source>
            <translation>变好</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/changes_card.py" />
            <source>Changed most</source>
            <translation>变化最大</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/changes_card.py" />
            <source>Look inside</source>
            <translation>查看内部</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/changes_card.py" />
            <source>None became better.</source>
            <translation>没有变好的句子。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/changes_card.py" />
            <source>None became worse.</source>
            <translation>没有变差的句子。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/changes_card.py" />
            <location filename="../../gui/pages/teach_steps/result_step.py" />
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <location filename="../../gui/pages/translate_parts/correction_form.py" />
            <source>Sentence</source>
            <translation>句子</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/changes_card.py" />
            <source>Where both models look in this sentence</source>
            <translation>两个模型在这句话里各看哪里</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/changes_card.py" />
            <source>Worse</source>
            <translation>变差</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/chart_card.py" />
            <source>How far off it is</source>
            <translation>误差有多大</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/chart_card.py" />
            <source>Log</source>
            <translation>对数</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/chart_card.py" />
            <source>Logarithmic scale</source>
            <translation>对数坐标</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/chart_card.py" />
            <source>Logarithmic scale: spreads small losses apart</source>
            <translation>对数坐标：把较小的损失拉开</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/chart_card.py" />
            <source>Loss: cross-entropy per piece of a word, in nats. Lower is better.
Training: on the pairs it learns. Held-out: on pairs it never learns.
General: on everyday sentences; if it rises, the model forgets.</source>
            <translation>损失：每个子词的交叉熵（奈特），越低越好。
训练：所学的句对。留出：从不学习的句对。
通用：日常句子；若上升，说明模型在遗忘。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/chart_card.py" />
            <source>Running average of the training curve: the further right, the smoother</source>
            <translation>训练曲线的滑动平均：越靠右越平滑</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/chart_card.py" />
            <source>Smooth</source>
            <translation>平滑</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/chart_card.py" />
            <source>Smooth the training curve</source>
            <translation>平滑训练曲线</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/check_step.py" />
            <source>Read the file anew after you have changed it</source>
            <translation>文件改过之后重新读取</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/check_step.py" />
            <source>Reading the file…</source>
            <translation>正在读取文件…</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/comparison_card.py" />
            <source>Everyday</source>
            <translation>日常</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/comparison_card.py" />
            <source>Held-out</source>
            <translation>留出</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/comparison_card.py" />
            <source>Held-out sentences</source>
            <translation>留出的句子</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/comparison_card.py" />
            <source>Likeness to the sentences' own translations, 0 to 100.</source>
            <translation>与参考译文的相似程度，0 到 100。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/comparison_card.py" />
            <source>Paired bootstrap test: p = {p}</source>
            <translation>配对自助法检验：p = {p}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/comparison_card.py" />
            <source>Pairs of the file that it never learnt.</source>
            <translation>文件中从未学过的句对。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/comparison_card.py" />
            <source>Taught</source>
            <translation>所教</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/comparison_card.py" />
            <source>Taught sentences</source>
            <translation>所教的句子</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/comparison_card.py" />
            <source>The pairs that it learnt; too few to keep some aside.</source>
            <translation>学过的句对；太少，没有留出。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/comparison_card.py" />
            <source>They come with Attune and show what it has forgotten.</source>
            <translation>随对译附带，用来看它忘了什么。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/comparison_card.py" />
            <location filename="../../gui/pages/translate_parts/lesson_result.py" />
            <source>may be chance</source>
            <translation>可能是偶然</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/comparison_card.py" />
            <source>too few to tell</source>
            <translation>太少，无法判断</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/comparison_card.py" />
            <source>± is half of a 95 % interval.</source>
            <translation>± 为 95% 置信区间的一半。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/comparison_card.py" />
            <source>▲ surely better</source>
            <translation>▲ 确实变好</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/comparison_card.py" />
            <source>▼ surely worse</source>
            <translation>▼ 确实变差</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/file_dialog.py" />
            <source>Choose a file of pairs, or two that belong together</source>
            <translation>选择一个句对文件，或两个逐行对应的文件</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/file_dialog.py" />
            <source>Pairs ({endings})</source>
            <translation>句对 ({endings})</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/file_step.py" />
            <source>Recent</source>
            <translation>最近</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <source>Back</source>
            <translation>返回</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <source>Best held-out</source>
            <translation>留出最佳</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <source>Best taught</source>
            <translation>所教最佳</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <source>Elapsed</source>
            <translation>已用</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <source>From update {step} on</source>
            <translation>从第 {step} 次更新起</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <source>General, nats</source>
            <translation>通用（奈特）</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <source>How likely good translations of everyday sentences have become compared with the base, in nats per piece of a word: below zero, it has begun to forget what it knew.</source>
            <translation>与基础模型相比，日常句子的好译文变得多可能（每个子词的奈特数）：低于零说明它开始遗忘。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <location filename="../../gui/viewmodels/run_table.py" />
            <source>Left</source>
            <translation>剩余</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <source>Likeness to the file's own translations at the last look. Higher is better.</source>
            <translation>最近一次检查时与文件中译文的相似程度，越高越好。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <source>Memory</source>
            <translation>内存</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <source>Start again</source>
            <translation>重新开始</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <source>Step</source>
            <translation>步数</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <source>Tokens/s</source>
            <translation>词元/秒</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <location filename="../../gui/widgets/loss_chart.py" />
            <source>held-out</source>
            <translation>留出</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <source>taught</source>
            <translation>所教</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <source>{name} learns from {base}</source>
            <translation>{name} 在 {base} 基础上学习</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/learn_step.py" />
            <source>{size} GB</source>
            <translation>{size} GB</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/line_filters.py" />
            <location filename="../../gui/pages/teach_steps/line_tables.py" />
            <source>Good pairs</source>
            <translation>可用句对</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/line_filters.py" />
            <source>Left out</source>
            <translation>已排除</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/line_filters.py" />
            <source>Of these doubtful</source>
            <translation>其中存疑</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/line_tables.py" />
            <source>Doubtful pairs</source>
            <translation>存疑的句对</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/line_tables.py" />
            <source>Leave out all pairs doubtful for this reason (Del)</source>
            <translation>排除因此存疑的全部句对（Del）</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/line_tables.py" />
            <source>Leave out {count}</source>
            <translation>排除 {count} 对</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/line_tables.py" />
            <source>Lines left out</source>
            <translation>排除的行</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/line_tables.py" />
            <source>Put {count} right</source>
            <translation>更正 {count} 对</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/line_tables.py" />
            <source>These are learnt unless you leave them out; choose a reason to do so.</source>
            <translation>这些仍会学习，除非你排除它们；选择一个原因即可排除。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/line_tables.py" />
            <source>Turn source and translation round and learn them</source>
            <translation>对调原文与译文后再学习</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/line_tables.py" />
            <source>You left these out.</source>
            <translation>这些是你排除的。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/lines_area.py" />
            <location filename="../../gui/viewmodels/pair_tables.py" />
            <source>Line</source>
            <translation>行号</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/lines_area.py" />
            <source>Row</source>
            <translation>行</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/lines_area.py" />
            <source>Unit</source>
            <translation>单元</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/pin_field.py" />
            <source>Pin</source>
            <translation>固定</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/pin_field.py" />
            <source>Pin a sentence…</source>
            <translation>固定一个句子…</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/pin_field.py" />
            <source>Pinned: {sentence}. Take it away</source>
            <translation>已固定：{sentence}。移除</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/pin_field.py" />
            <source>Sentence to watch while it learns</source>
            <translation>学习时要观察的句子</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/pin_field.py" />
            <source>Sentences to watch</source>
            <translation>观察的句子</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/pin_field.py" />
            <source>Take away: {sentence}</source>
            <translation>移除：{sentence}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/pin_field.py" />
            <source>Translated again and again while it learns, so that you see what changes</source>
            <translation>学习时反复翻译它，让你看到变化</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/result_step.py" />
            <source>1 step</source>
            <translation>1 步</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/result_step.py" />
            <source>Cross-entropy per piece of a word. Lower is better.</source>
            <translation>每个子词的交叉熵，越低越好。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/result_step.py" />
            <source>Held-out loss</source>
            <translation>留出集损失</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/result_step.py" />
            <source>It did not become better on sentences it had not seen.</source>
            <translation>在没见过的句子上没有变好。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/result_step.py" />
            <source>It ended early, for everyday sentences had become clearly worse.</source>
            <translation>日常句子明显变差，因此提前结束。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/result_step.py" />
            <source>It ended early, for going on brought nothing better.</source>
            <translation>继续学习不再有改进，因此提前结束。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/result_step.py" />
            <source>It ended early, for learning had got out of hand.</source>
            <translation>学习失去控制，因此提前结束。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/result_step.py" />
            <source>Learnt from {base} in {time}, {steps}; kept as it was at step {best}.</source>
            <translation>在 {base} 基础上学习，用时 {time}，共 {steps}；保留第 {best} 步的状态。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/result_step.py" />
            <source>Likeness to the file's own translations. Higher is better.</source>
            <translation>与文件中译文的相似程度，越高越好。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/result_step.py" />
            <source>Loss on the taught pairs</source>
            <translation>所教句对的损失</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/result_step.py" />
            <source>Teach again</source>
            <translation>再教一次</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/result_step.py" />
            <source>The file has: {text}</source>
            <translation>文件中的译文：{text}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/result_step.py" />
            <source>The same file again, for another while or on another model</source>
            <translation>用同一文件再学一段时间，或换一个模型</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/result_step.py" />
            <source>There were too few pairs to keep some aside to test on.</source>
            <translation>句对太少，没有留出用于测试的部分。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/result_step.py" />
            <source>{count} steps</source>
            <translation>{count} 步</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/result_step.py" />
            <source>{name} is ready</source>
            <translation>{name} 已就绪</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <source>A sentence it learns</source>
            <translation>正在学的句子</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <source>A sentence it never learns</source>
            <translation>从不学习的句子</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <source>A sentence that it learns appears here.</source>
            <translation>这里会显示一个正在学的句子。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <source>A sentence that it never learns appears here.</source>
            <translation>这里会显示一个从不学习的句子。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <source>A sentence you pinned</source>
            <translation>你固定的句子</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <source>As the file has it</source>
            <translation>文件中的译文</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <source>At step {step}</source>
            <translation>第 {step} 步</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <source>Before learning</source>
            <translation>学习之前</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <source>Next sentence</source>
            <translation>下一句</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <source>Nothing is known of its attention.</source>
            <translation>没有它的注意力信息。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <source>Now, at step {step}</source>
            <translation>现在，第 {step} 步</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <source>One of the held-out pairs: kept aside to see whether it improves</source>
            <translation>留出的句对之一：放在一边，用来看是否进步</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <source>Sentence before</source>
            <translation>上一句</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <source>Sentence to watch</source>
            <translation>观察的句子</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <source>The pairs are too few to keep some aside</source>
            <translation>句对太少，没有留出</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <source>To watch sentences of your own, pin them before the start, under Advanced.</source>
            <translation>想观察自己的句子，请在开始前到“高级”里固定。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <location filename="../../gui/widgets/panes.py" />
            <source>Translation</source>
            <translation>译文</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <source>Translation at an earlier step</source>
            <translation>较早一步的译文</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <source>pinned</source>
            <translation>固定</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <source>{when} · new words underlined</source>
            <translation>{when} · 新词加下划线</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/sample_card.py" />
            <source>{when} · the same as at step {step}</source>
            <translation>{when} · 与第 {step} 步相同</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/second_pass_line.py" />
            <source>1 pair a second.</source>
            <translation>每秒 1 个句对。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/second_pass_line.py" />
            <source>A model reads every pair. You need not wait: start learning when you like.</source>
            <translation>模型会读每个句对。不必等待，随时可以开始学习。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/second_pass_line.py" />
            <source>All {count} pairs seem to belong together.</source>
            <translation>全部 {count} 对看来都对应。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/second_pass_line.py" />
            <source>Leave the rest of the pairs unread</source>
            <translation>其余句对不再读</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/second_pass_line.py" />
            <source>Looking for pairs that do not belong together… {share} %</source>
            <translation>正在查找不对应的句对… {share}%</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/second_pass_line.py" />
            <source>Of the first {done} of {all} pairs {found} may not belong together.</source>
            <translation>{all} 对中的前 {done} 对里有 {found} 对可能不对应。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/second_pass_line.py" />
            <source>Pairs that do not belong together were not looked for. {why}</source>
            <translation>没有查找不对应的句对。{why}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/second_pass_line.py" />
            <source>Stopped after {done} of {all} pairs: {found} may not belong together.</source>
            <translation>看了 {all} 对中的 {done} 对后停止：{found} 对可能不对应。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/second_pass_line.py" />
            <source>The pair seems to belong together.</source>
            <translation>这个句对看来是对应的。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/second_pass_line.py" />
            <source>not begun yet: busy programs go first</source>
            <translation>尚未开始：忙碌的程序优先</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/second_pass_line.py" />
            <source>only the first {count} pairs</source>
            <translation>只看前 {count} 对</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/second_pass_line.py" />
            <source>{count} pairs a second.</source>
            <translation>每秒 {count} 对。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/second_pass_line.py" />
            <source>{found} of {all} pairs may not belong together.</source>
            <translation>{all} 对中有 {found} 对可能不对应。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/second_pass_line.py" />
            <source>{time} left</source>
            <translation>还需 {time}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/teach_form.py" />
            <source>Advanced</source>
            <translation>高级</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/teach_form.py" />
            <source>Gentle</source>
            <translation>温和</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/teach_form.py" />
            <source>How far each step goes: gentle forgets less, strong learns faster</source>
            <translation>每一步走多远：温和忘得少，强力学得快</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/teach_form.py" />
            <source>Less</source>
            <translation>收起</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/teach_form.py" />
            <source>Less time</source>
            <translation>减少时间</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/teach_form.py" />
            <source>Model that learns</source>
            <translation>要学习的模型</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/teach_form.py" />
            <source>More time</source>
            <translation>增加时间</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/teach_form.py" />
            <source>Normal</source>
            <translation>普通</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/teach_form.py" />
            <source>Start learning</source>
            <translation>开始学习</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/teach_form.py" />
            <source>Strength</source>
            <translation>强度</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/teach_form.py" />
            <source>Strong</source>
            <translation>强力</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/teach_form.py" />
            <source>min</source>
            <translation>分钟</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/unfinished_banner.py" />
            <source>1 update</source>
            <translation>1 次更新</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/unfinished_banner.py" />
            <location filename="../../gui/viewmodels/teach.py" />
            <source>A model is learning now.</source>
            <translation>有一个模型正在学习。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/unfinished_banner.py" />
            <source>Discard what {name} has learnt so far?</source>
            <translation>放弃 {name} 目前学到的内容？</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/unfinished_banner.py" />
            <source>It had not yet learnt anything from {base}.</source>
            <translation>它还没有在 {base} 基础上学到什么。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/unfinished_banner.py" />
            <source>Kept: {updates} from {base}.</source>
            <translation>已保留：基于 {base} 的 {updates}。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/unfinished_banner.py" />
            <source>This cannot be undone; {base} stays as it is.</source>
            <translation>此操作无法撤销；{base} 保持不变。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/unfinished_banner.py" />
            <source>{count} updates</source>
            <translation>{count} 次更新</translation>
        </message>
        <message>
            <location filename="../../gui/pages/teach_steps/unfinished_banner.py" />
            <source>{name} was being taught when Attune ended.</source>
            <translation>上次关闭对译时，{name} 还在学习。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate.py" />
            <source>Choose another model</source>
            <translation>换一个模型</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate.py" />
            <source>Copy the translation</source>
            <translation>复制译文</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate.py" />
            <source>Correct the sentence and teach it</source>
            <translation>纠正句子并教给模型</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate.py" />
            <source>Look inside the sentence</source>
            <translation>查看句子内部</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate.py" />
            <source>Stop, or free the pinned word</source>
            <translation>停止，或松开固定的词</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate.py" />
            <location filename="../../gui/widgets/direction_bar.py" />
            <source>Swap languages</source>
            <translation>交换语言</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate.py" />
            <source>Translate now</source>
            <translation>立即翻译</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate.py" />
            <location filename="../../gui/pages/translate_findings.py" />
            <location filename="../../gui/widgets/truth_view.py" />
            <source>Try again</source>
            <translation>重试</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate.py" />
            <source>Type or paste {language}</source>
            <translation>输入或粘贴{language}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_aids.py" />
            <source>Correct… teaches the model; F1 lists all keys.</source>
            <translation>“纠正…”可以教模型；按 F1 看全部快捷键。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_aids.py" />
            <source>Got it</source>
            <translation>知道了</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_aids.py" />
            <source>Point at a word to see where it came from.</source>
            <translation>指向一个词，看它译自哪里。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_aids.py" />
            <source>Type or paste at the left, read at the right.</source>
            <translation>在左边输入或粘贴，在右边读译文。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_aids.py" />
            <source>recognised from the text</source>
            <translation>根据文字识别</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_findings.py" />
            <source>1 place looks wrong</source>
            <translation>有 1 处可能有误</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_findings.py" />
            <source>Go to the next place that looks wrong</source>
            <translation>跳到下一处可能有误的地方</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_findings.py" />
            <source>Show how sure it is</source>
            <translation>显示把握程度</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_findings.py" />
            <source>Try again against it</source>
            <translation>针对它重译</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_findings.py" />
            <source>{count} places look wrong</source>
            <translation>有 {count} 处可能有误</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_findings.py" />
            <source>{places}: go to the next one ({key})</source>
            <translation>{places}：跳到下一处（{key}）</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/correction_form.py" />
            <source>Corrected translation</source>
            <translation>纠正后的译文</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/correction_form.py" />
            <source>How it should be translated</source>
            <translation>应当怎样翻译</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_panel.py" />
            <source>Close Attune before you decide about this lesson?</source>
            <translation>还没决定是否保留这一课，要关闭对译吗？</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_panel.py" />
            <source>Correct and teach {name}</source>
            <translation>纠正并教给 {name}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_panel.py" />
            <source>Enter, in the translation</source>
            <translation>在译文中按回车</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_panel.py" />
            <source>Forget it and close</source>
            <translation>放弃并关闭</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_panel.py" />
            <location filename="../../gui/viewmodels/run_words.py" />
            <source>Getting ready…</source>
            <translation>正在准备…</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_panel.py" />
            <source>It learns this within seconds; then you decide.</source>
            <translation>它几秒内就能学会，然后由你决定去留。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_panel.py" />
            <source>Looking at what has changed…</source>
            <translation>正在看有什么变化…</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_panel.py" />
            <source>Makes it a model of yours, which translates from now on</source>
            <translation>存成你自己的模型，今后用它翻译</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_panel.py" />
            <source>Nothing of it remains</source>
            <translation>不会留下任何痕迹</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_panel.py" />
            <source>Now: {text}</source>
            <translation>现在：{text}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_panel.py" />
            <source>Stay</source>
            <translation>留下</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_panel.py" />
            <source>Teach again, stronger</source>
            <translation>再教一次，加强</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_panel.py" />
            <source>Update {step} of {total}</source>
            <translation>第 {step} 次更新，共 {total} 次</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_panel.py" />
            <source>What it has learnt is lost then.</source>
            <translation>关闭后学到的内容会丢失。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_panel.py" />
            <source>What {name} has learnt</source>
            <translation>{name} 学到了什么</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_result.py" />
            <source>Attention on your translation: after less before</source>
            <translation>对你的译文的注意力：学后减学前</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_result.py" />
            <source>Both models read your words (forced alignment)</source>
            <translation>两个模型都读你的译文（强制对齐）</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_result.py" />
            <source>Cross-entropy of a piece of a word in sentences that come with Attune, in nats (less is better), and its mean change with its 95 % interval.</source>
            <translation>对译附带句子上每个子词的交叉熵（奈特，越小越好），以及它的平均变化和 95% 置信区间。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_result.py" />
            <source>Learnt: it says what you wrote.</source>
            <translation>学会了：它会说你写的译文。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_result.py" />
            <source>Looking…</source>
            <translation>正在查看…</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_result.py" />
            <source>Not learnt yet: it does not say what you wrote. Teach it again, more strongly.</source>
            <translation>还没学会：它还不会说你写的译文。请加强再教一次。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_result.py" />
            <source>Not learnt, strongly as it was taught: it does not say what you wrote.</source>
            <translation>用力教了也没学会：它还不会说你写的译文。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_result.py" />
            <source>Nothing was learnt: everyday sentences would have become worse.</source>
            <translation>没有学：否则日常句子会变差。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_result.py" />
            <source>Nothing was learnt: it came no nearer to your words. Teach it more strongly.</source>
            <translation>没有学到：它没有更接近你的译文。请加强再教。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_result.py" />
            <source>Other sentences here</source>
            <translation>这里的其他句子</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_result.py" />
            <source>Pin them on the page Teach, under Advanced</source>
            <translation>在“教学”页的“高级”里固定</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_result.py" />
            <source>Pinned sentences</source>
            <translation>固定的句子</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_result.py" />
            <source>There are none.</source>
            <translation>没有。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_result.py" />
            <source>a little better</source>
            <translation>略好</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_result.py" />
            <source>a little worse</source>
            <translation>略差</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_result.py" />
            <source>loss {before} → {after} (less is better), change {change} ± {error}: {verdict}</source>
            <translation>损失 {before} → {after}（越小越好），变化 {change} ± {error}：{verdict}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/lesson_result.py" />
            <source>{changed} of {count} changed</source>
            <translation>{count} 句中变了 {changed} 句</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/model_notice.py" />
            <source>Your model {name} is ready.</source>
            <translation>你的模型 {name} 已就绪。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/others_view.py" />
            <source>At random</source>
            <translation>随机抽样</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/others_view.py" />
            <source>Best</source>
            <translation>最佳</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/others_view.py" />
            <source>Draw again</source>
            <translation>重新抽样</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/others_view.py" />
            <source>Draw from the likeliest words that together have this probability (top-p)</source>
            <translation>只从累计概率达到此值的最可能的词中抽取（top-p）</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/others_view.py" />
            <source>Higher is more varied, and more often wrong</source>
            <translation>越高越多样，也越容易出错</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/others_view.py" />
            <source>Looking for other translations…</source>
            <translation>正在查找其他译法…</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/others_view.py" />
            <source>No others.</source>
            <translation>没有其他译法。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/others_view.py" />
            <source>Nucleus</source>
            <translation>核采样</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/others_view.py" />
            <source>Nucleus {value}</source>
            <translation>核采样 {value}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/others_view.py" />
            <source>Other translations of the sentence; what differs is marked. Click to use one.</source>
            <translation>这个句子的其他译法，不同之处已标出。单击即可采用。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/others_view.py" />
            <source>Others</source>
            <translation>其他译法</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/others_view.py" />
            <source>Score: log-probability by length; nearer to 0 is likelier</source>
            <translation>得分：按长度折算的对数概率，越接近 0 越可能</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/others_view.py" />
            <source>Temperature</source>
            <translation>温度</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/others_view.py" />
            <source>Temperature {value}</source>
            <translation>温度 {value}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/others_view.py" />
            <source>Translate a sentence and put the caret into it to see others.</source>
            <translation>翻译一个句子，并把光标放进去，就能看到其他译法。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/others_view.py" />
            <source>Use this translation</source>
            <translation>采用这个译法</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/others_view.py" />
            <source>{text} (in the text now)</source>
            <translation>{text}（当前译文）</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/saved_translation.py" />
            <source>Save the translation</source>
            <translation>保存译文</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/saved_translation.py" />
            <source>Saved as {file}</source>
            <translation>已存为 {file}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/saved_translation.py" />
            <source>Saved as {file}: {done} of {total} sentences</source>
            <translation>已存为 {file}：{total} 句中的 {done} 句</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/saved_translation.py" />
            <location filename="../../gui/pages/translate_parts/text_files.py" />
            <source>Text ({endings})</source>
            <translation>文本 ({endings})</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/saved_translation.py" />
            <source>translation</source>
            <translation>译文</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/saved_translation.py" />
            <source>{file} was not written: no translation</source>
            <translation>{file} 未写入：没有译文</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/saved_translation.py" />
            <source>{file} will be written when all is translated</source>
            <translation>全部译完后写入 {file}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/text_files.py" />
            <source>Forget these files</source>
            <translation>清除这些记录</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/text_files.py" />
            <source>Open a text file</source>
            <translation>打开文本文件</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_parts/text_files.py" />
            <source>Open…</source>
            <translation>打开…</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_steering.py" />
            <source>Asked for by hand: this beginning stays.</source>
            <translation>手动指定：这个开头保持不变。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_steering.py" />
            <source>Back to the model's translation</source>
            <translation>恢复模型的译文</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_steering.py" />
            <source>Do it again</source>
            <translation>重做手动修改</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_steering.py" />
            <source>Looking for other words…</source>
            <translation>正在查找其他译法…</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_steering.py" />
            <source>The model knows no other word here.</source>
            <translation>模型在这里没有其他译法。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_steering.py" />
            <source>Undo the change by hand</source>
            <translation>撤销手动修改</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_words.py" />
            <source>A very long sentence was translated in parts.</source>
            <translation>过长的句子已分段翻译。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_words.py" />
            <source>Getting the model ready…</source>
            <translation>正在准备模型…</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_words.py" />
            <source>Stopped after {done} of {total} sentences</source>
            <translation>已停止，译了 {done} / {total} 句</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_words.py" />
            <source>Traditional characters were read as Simplified ones.</source>
            <translation>繁体字已按简体字处理。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_words.py" />
            <source>What is not in the source language was copied as it is.</source>
            <translation>不属于原文语言的内容已原样照抄。</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_words.py" />
            <source>loading {name}…</source>
            <translation>正在载入 {name}…</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_words.py" />
            <source>{done} of {total} sentences</source>
            <translation>{done} / {total} 句</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_words.py" />
            <source>{speed} words/s</source>
            <translation>{speed} 词/秒</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_words.py" />
            <source>{time} ms</source>
            <translation>{time} 毫秒</translation>
        </message>
        <message>
            <location filename="../../gui/pages/translate_words.py" />
            <source>{time} s</source>
            <translation>{time} 秒</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/alarm_words.py" />
            <source>Nothing seems to translate “{text}”.</source>
            <translation>“{text}”似乎漏译了。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/alarm_words.py" />
            <source>The day “{text}” is not in the translation.</source>
            <translation>译文中没有“{text}”这一天。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/alarm_words.py" />
            <source>The model is only guessing here: “{text}”.</source>
            <translation>模型在这里只是猜测：“{text}”。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/alarm_words.py" />
            <source>The name “{text}” is not in the translation.</source>
            <translation>译文中没有名称“{text}”。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/alarm_words.py" />
            <source>The number {text} is not in the translation.</source>
            <translation>译文中没有数字 {text}。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/alarm_words.py" />
            <source>The source does not know the day “{text}”.</source>
            <translation>原文中没有“{text}”这一天。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/alarm_words.py" />
            <source>The source does not know the name “{text}”.</source>
            <translation>原文中没有名称“{text}”。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/alarm_words.py" />
            <source>The source does not know the number {text}.</source>
            <translation>原文中没有数字 {text}。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/alarm_words.py" />
            <source>The source says “{text}”, but the translation denies nothing.</source>
            <translation>原文说的是“{text}”，译文却没有否定的意思。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/alarm_words.py" />
            <source>The translation is far longer than its source lets one expect.</source>
            <translation>译文比按原文预期的长得多。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/alarm_words.py" />
            <source>The translation seems to stop before the end: “{text}” is missing.</source>
            <translation>译文似乎没有译完：缺少“{text}”。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/alarm_words.py" />
            <source>“{text}” is said again, though the source says it once.</source>
            <translation>“{text}”重复了，而原文只说了一次。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/class_plan.py" />
            <source>A language is 2 to 16 small letters, digits or _: zh, de, digits.</source>
            <translation>语言代码是 2 到 16 个小写字母、数字或下划线，如 zh、de、digits。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/class_plan.py" />
            <location filename="../../gui/viewmodels/pins.py" />
            <source>The sentence has {count} characters; pin one of {most} at most.</source>
            <translation>这个句子有 {count} 个字符；最多固定 {most} 个字符的句子。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/class_plan.py" />
            <location filename="../../gui/viewmodels/tune_form.py" />
            <source>There is no good pair in this file.</source>
            <translation>这个文件里没有可用的句对。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/class_plan.py" />
            <source>Time: give a number from {low} to {high}.</source>
            <translation>时间：请输入 {low} 到 {high} 之间的数。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/class_plan.py" />
            <location filename="../../gui/viewmodels/pins.py" />
            <source>{count} sentences are pinned: take one away first.</source>
            <translation>已固定 {count} 个句子：请先移除一个。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/class_runs.py" />
            <location filename="../../gui/widgets/attention_view.py" />
            <source>This system has no attention: all source words are drawn alike.</source>
            <translation>这个系统没有注意力：所有源词画得一样。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/file_check.py" />
            <source>Install Attune again: it brings models of its own.</source>
            <translation>请重新安装对译，它自带模型。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/file_check.py" />
            <source>There is no model that could learn.</source>
            <translation>没有可以学习的模型。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/findings.py" />
            <source>Translated again, without that fault.</source>
            <translation>已重译，这个问题没有了。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/findings.py" />
            <source>{reason} Nothing better was found: check it yourself.</source>
            <translation>{reason}没有找到更好的译法，请自行核对。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/findings.py" />
            <source>{reason} Trying again…</source>
            <translation>{reason}正在重译…</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/lesson_state.py" />
            <source>It cannot learn this ({why}). {advice}</source>
            <translation>无法学习这一句（{why}）。{advice}</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/lesson_state.py" />
            <source>It says that already.</source>
            <translation>它已经这样翻译了。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/lesson_state.py" />
            <source>Write how it should be translated.</source>
            <translation>请写出应有的译文。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/library.py" />
            <source>Exported to {path}.</source>
            <translation>已导出到 {path}。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/library.py" />
            <source>The trash is empty; {size} are free again.</source>
            <translation>回收站已清空，释放了 {size}。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/library.py" />
            <source>{name} is back.</source>
            <translation>{name} 已恢复。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/library.py" />
            <source>{name} is in the trash.</source>
            <translation>{name} 已移到回收站。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/library.py" />
            <source>{name} is in the trash. {other} translates now.</source>
            <translation>{name} 已移到回收站，现在用 {other} 翻译。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/library.py" />
            <source>{name} was imported.</source>
            <translation>已导入 {name}。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/model_names.py" />
            <source>A name cannot begin with a hyphen.</source>
            <translation>名称不能以连字符开头。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/model_names.py" />
            <source>There is a model of this name already.</source>
            <translation>已有同名的模型。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/model_names.py" />
            <source>{name} · my words</source>
            <translation>{name} · 我的词句</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/models.py" />
            <source>Install Attune again to get its own models back.</source>
            <translation>请重新安装对译以恢复自带的模型。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/models.py" />
            <source>There is no model on this computer.</source>
            <translation>这台电脑上没有模型。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>A line is a source, one tab and its translation.</source>
            <translation>每行应为原文、一个制表符、译文。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>A number stands on one side only.</source>
            <translation>数字只出现在一边。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>A side is not in the language that the model reads or writes.</source>
            <translation>有一边不是模型所读或所写的语言。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>A tag or placeholder stands on one side only.</source>
            <translation>标记或占位符只出现在一边。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>Characters as a wrong encoding leaves them; save the file as UTF-8.</source>
            <translation>编码错误造成的乱码；请把文件另存为 UTF-8。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>Cut the line into single sentences.</source>
            <translation>请把这一行拆成单句。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>It says what a pair kept for testing says, and would flatter the test.</source>
            <translation>与留作测试的句对内容相同，会让测试结果虚高。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>Nothing can be learnt from a line whose sides are the same.</source>
            <translation>两边相同的行学不到东西。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>One side has both Simplified and Traditional characters.</source>
            <translation>有一边繁体、简体混用。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>One side is far longer than the other: probably not its translation.</source>
            <translation>一边远比另一边长，多半不是它的译文。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>The line holds a character that no text has; it may be damaged.</source>
            <translation>这一行含有正常文字里没有的字符，可能已损坏。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>The line is not of the file's form; it may be cut off.</source>
            <translation>这一行不符合文件格式，可能被截断。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>The same pair stands earlier in the file; once is enough.</source>
            <translation>文件前面已有相同的句对，一次就够。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>The same source stands elsewhere with another translation.</source>
            <translation>同一原文在别处有另一种译法。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>The source comes first, its translation after it.</source>
            <translation>原文在前，译文在后。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>The translation fits other sources as well as its own.</source>
            <translation>这个译文与其他原文同样相配。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>Write the missing side, or delete the line.</source>
            <translation>补上缺的一边，或删除这一行。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>already there</source>
            <translation>重复</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>another language</source>
            <translation>语言不符</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>both sides the same</source>
            <translation>两边相同</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>cannot be read</source>
            <translation>无法读取</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>damaged characters</source>
            <translation>乱码</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>kept for testing</source>
            <translation>留作测试</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>lengths do not fit</source>
            <translation>长度悬殊</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>may not belong together</source>
            <translation>可能不对应</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>mixed characters</source>
            <translation>繁简混用</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>not text</source>
            <translation>不是文字</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>not two columns</source>
            <translation>不是两列</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>numbers differ</source>
            <translation>数字不一致</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>one side is empty</source>
            <translation>有一边为空</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>sides swapped</source>
            <translation>两边颠倒</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>tags differ</source>
            <translation>标记不一致</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>too long</source>
            <translation>太长</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_reasons.py" />
            <source>two translations</source>
            <translation>两种译法</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_tables.py" />
            <source>Score: {score} (doubtful below 0.7)</source>
            <translation>得分：{score}（低于 0.7 存疑）</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_tables.py" />
            <source>What is doubtful</source>
            <translation>疑点</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_tables.py" />
            <source>What it says</source>
            <translation>内容</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_tables.py" />
            <source>Why</source>
            <translation>原因</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pair_tables.py" />
            <source>{doubt}: see {line}</source>
            <translation>{doubt}：见第 {line} 行</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/pins.py" />
            <source>This model reads {language}: pin a sentence in it.</source>
            <translation>这个模型读{language}：请固定这种语言的句子。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/run_duration.py" />
            <source>Ready in about {minutes} min.</source>
            <translation>约 {minutes} 分钟后完成。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/run_table.py" />
            <source>Its system</source>
            <translation>系统</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/run_table.py" />
            <source>Run</source>
            <translation>训练</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/run_table.py" />
            <source>Score</source>
            <translation>得分</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/run_table.py" />
            <source>State</source>
            <translation>状态</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/run_words.py" />
            <source>Discarded</source>
            <translation>已放弃</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/run_words.py" />
            <source>Discarding…</source>
            <translation>正在放弃…</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/run_words.py" />
            <source>Failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/run_words.py" />
            <source>Going on…</source>
            <translation>正在继续…</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/run_words.py" />
            <source>It has not begun to learn yet. It computes when other programs leave the processor free: close those that are busy, or wait.</source>
            <translation>学习尚未开始。其他程序让出处理器时它才能计算：请关闭正在忙碌的程序，或稍候。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/run_words.py" />
            <source>Kept</source>
            <translation>已保留</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/run_words.py" />
            <source>Learning</source>
            <translation>学习中</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/run_words.py" />
            <source>Leaving; keeping the run to go on with…</source>
            <translation>正在离开，保留进度以便继续…</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/run_words.py" />
            <source>Left; it can be gone on with</source>
            <translation>已放下，可以继续</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/run_words.py" />
            <source>Paused</source>
            <translation>已暂停</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/run_words.py" />
            <source>Pausing after this step…</source>
            <translation>这一步之后暂停…</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/run_words.py" />
            <source>Starting…</source>
            <translation>正在启动…</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/run_words.py" />
            <source>Stopping; keeping the best…</source>
            <translation>正在停止，保留最佳状态…</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/run_words.py" />
            <source>The least loss so far on the pairs that it is judged by; that state is kept.</source>
            <translation>评判用句对上至今最低的损失；保留的就是那时的状态。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/run_words.py" />
            <source>Waiting for its turn</source>
            <translation>排队等待</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/run_words.py" />
            <source>{share} % exact</source>
            <translation>完全正确 {share} %</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/search_words.py" />
            <source>(nothing yet)</source>
            <translation>（尚无）</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/search_words.py" />
            <source>, read from {word} ({percent})</source>
            <translation>，译自 {word}（{percent}）</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/search_words.py" />
            <source>Dropped: {rank} of {count} at step {step}</source>
            <translation>剪除：第 {step} 步 {count} 个候选中的第 {rank} 名</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/search_words.py" />
            <source>Ended, but another output won: {rank} of {count} at step {step}</source>
            <translation>已结束，但另一个输出胜出：第 {step} 步 {count} 个候选中的第 {rank} 名</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/search_words.py" />
            <source>Kept: {rank} of {count} at step {step}</source>
            <translation>保留：第 {step} 步 {count} 个候选中的第 {rank} 名</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/search_words.py" />
            <source>Left when the search was done: {rank} of {count} at step {step}</source>
            <translation>搜索结束时剩下：第 {step} 步 {count} 个候选中的第 {rank} 名</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/search_words.py" />
            <source>The output</source>
            <translation>输出</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/search_words.py" />
            <source>end</source>
            <translation>结束</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/search_words.py" />
            <source>score {score} (log-probability {total})</source>
            <translation>得分 {score}（对数概率 {total}）</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/search_words.py" />
            <source>“{piece}” is {percent} likely here</source>
            <translation>此处出现“{piece}”的概率为 {percent}</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/second_pass.py" />
            <source>the program that looks at pairs</source>
            <translation>检查句对的程序</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/spoken.py" />
            <source>; </source>
            <translation>；</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/spoken.py" />
            <source>Copied as it is: an address, a name or a word that the model does not know</source>
            <translation>原样照抄：网址、名称，或模型不认识的词</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/spoken.py" />
            <source>copied as it is</source>
            <translation>原样照抄</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/spoken.py" />
            <source>{percent} % from {word}</source>
            <translation>{percent}% 译自 {word}</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/spoken.py" />
            <source>{percent} % of {word}</source>
            <translation>{word} 的 {percent}%</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/sureness.py" />
            <source>Fairly sure: {percent} %</source>
            <translation>较有把握：{percent}%</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/sureness.py" />
            <source>Sure: {percent} %</source>
            <translation>有把握：{percent}%</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/sureness.py" />
            <source>Unsure: {percent} %</source>
            <translation>没把握：{percent}%</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/system.py" />
            <source>{preset}, {count} changed</source>
            <translation>{preset}，改动 {count} 项</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/teach.py" />
            <source>Discarded. Nothing of {name} was kept.</source>
            <translation>已放弃，{name} 没有保留。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/tune_form.py" />
            <source>An unfinished run has this name: go on with it or discard it.</source>
            <translation>有一次未完成的训练用了这个名称：请继续它或放弃它。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/tune_form.py" />
            <source>Leave one part of the model free to learn.</source>
            <translation>至少留一个部分参与学习。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/tune_form.py" />
            <source>Replay</source>
            <translation>回放</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/tune_form.py" />
            <source>Too few good pairs: {count} of at least {least}.</source>
            <translation>可用句对太少：{count} 对，至少要 {least} 对。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/tune_form.py" />
            <source>With fewer than {few} pairs all are learnt and none is kept to test on.</source>
            <translation>少于 {few} 对时全部用于学习，不留测试。</translation>
        </message>
        <message>
            <location filename="../../gui/viewmodels/tune_form.py" />
            <source>{what}: give a number from {low} to {high}, or nothing.</source>
            <translation>{what}：请填 {low} 到 {high} 之间的数，或留空。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/alternatives_popover.py" />
            <source>Another word, or how the sentence goes on from here</source>
            <translation>输入另一个词，或这句话接下来的内容</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/alternatives_popover.py" />
            <source>Instead of “{word}”</source>
            <translation>代替“{word}”</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/alternatives_popover.py" />
            <source>Other words here</source>
            <translation>这里的其他译法</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/alternatives_popover.py" />
            <source>Type another…</source>
            <translation>输入其他译法…</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/alternatives_popover.py" />
            <location filename="../../gui/widgets/evidence_bars.py" />
            <location filename="../../gui/widgets/mark_painting.py" />
            <source>{percent} %</source>
            <translation>{percent}%</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/alternatives_popover.py" />
            <source>{word}, {percent} %</source>
            <translation>{word}，{percent}%</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/architecture_diagram.py" />
            <source>Architecture</source>
            <translation>结构</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/architecture_diagram.py" />
            <source>There is no such system to draw.</source>
            <translation>没有这样的系统可画。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/attention_heatmap.py" />
            <source>Drawing…</source>
            <translation>正在绘制…</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/attention_heatmap.py" />
            <location filename="../../gui/widgets/truth_view.py" />
            <source>Translate a sentence and put the caret into it to look inside.</source>
            <translation>翻译一个句子，并把光标放进去，就能查看内部。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/attention_view.py" />
            <source>A head is one of the looks that the model takes at the same time</source>
            <translation>模型同时看多处，每一处是一个注意力头</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/attention_view.py" />
            <location filename="../../gui/widgets/heatmap_export.py" />
            <location filename="../../gui/widgets/truth_view.py" />
            <source>Attention</source>
            <translation>注意力</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/attention_view.py" />
            <source>Attention: which words each translated word was read from</source>
            <translation>注意力：每个译词取自哪些原文词</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/attention_view.py" />
            <source>Click a head to see it large</source>
            <translation>单击一个头可放大查看</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/attention_view.py" />
            <source>Each head</source>
            <translation>逐头</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/attention_view.py" />
            <source>Head {number}</source>
            <translation>第 {number} 头</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/attention_view.py" />
            <source>Head {number} (alignment)</source>
            <translation>第 {number} 头（对齐）</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/attention_view.py" />
            <source>Heads</source>
            <translation>注意力头</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/attention_view.py" />
            <source>Mean of the heads</source>
            <translation>各头平均</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/attention_view.py" />
            <source>No links: the model has no aligner, or the sentence is too long for it</source>
            <translation>没有对应关系：模型没有对齐层，或者句子太长</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/attention_view.py" />
            <source>Of “{text}”, as the search finds it</source>
            <translation>“{text}”，按搜索所得</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/attention_view.py" />
            <source>Pieces</source>
            <translation>子词</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/attention_view.py" />
            <source>Reading the heads…</source>
            <translation>正在读取各个头…</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/attention_view.py" />
            <source>What belongs together, told by a layer that reads the model from outside</source>
            <translation>哪些词相互对应：由一个从外部读取模型的对齐层给出</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/attention_view.py" />
            <source>Whole words</source>
            <translation>整词</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/attention_view.py" />
            <source>Word links</source>
            <translation>词语对应</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/attention_view.py" />
            <source>Words, or the pieces that the model cuts them into</source>
            <translation>按词显示，或按模型切成的子词显示</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/attention_view.py" />
            <source>Zoom with Ctrl and the wheel, or with + and −</source>
            <translation>按住 Ctrl 滚动滚轮，或用 + 和 − 缩放</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/banner.py" />
            <source>Dismiss</source>
            <translation>关闭提示</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/buttons.py" />
            <source>None</source>
            <translation>无</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/chart_view.py" />
            <source>The chart cannot be drawn; learning goes on.</source>
            <translation>图表无法绘制，学习仍在继续。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/crash_reports.py" />
            <location filename="../../gui/widgets/reading_dialog.py" />
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/crash_reports.py" />
            <source>Copied</source>
            <translation>已复制</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/crash_reports.py" />
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/crash_reports.py" />
            <source>Crash report</source>
            <translation>错误报告</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/crash_reports.py" />
            <source>It is on this computer alone, and holds no text that you translated. Copy it to tell others of the fault.</source>
            <translation>报告只保存在这台电脑上，不含你翻译过的文本。复制后可以发给别人说明问题。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/crash_reports.py" />
            <source>Show the report</source>
            <translation>查看报告</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/crash_reports.py" />
            <source>Something went wrong in Attune the last time, and a report of it was kept.</source>
            <translation>Attune 上次出了问题，并留下了一份报告。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/diagram_looks.py" />
            <source>1 weight</source>
            <translation>1 个参数</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/diagram_looks.py" />
            <source>context</source>
            <translation>上下文</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/diagram_looks.py" />
            <source>first state</source>
            <translation>初始状态</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/diagram_looks.py" />
            <source>in {shape}</source>
            <translation>输入 {shape}</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/diagram_looks.py" />
            <source>out {shape}</source>
            <translation>输出 {shape}</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/diagram_looks.py" />
            <source>query</source>
            <translation>查询</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/diagram_looks.py" />
            <source>same weights</source>
            <translation>共享权重</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/diagram_looks.py" />
            <source>states</source>
            <translation>状态</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/diagram_looks.py" />
            <source>to the next step</source>
            <translation>传给下一步</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/diagram_looks.py" />
            <source>{count} M weights</source>
            <translation>{count} M 个参数</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/diagram_looks.py" />
            <source>{count} k weights</source>
            <translation>{count} k 个参数</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/diagram_looks.py" />
            <source>{count} weights</source>
            <translation>{count} 个参数</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/direction_bar.py" />
            <source>No model translates from {source} to {target} yet</source>
            <translation>还没有从{source}译成{target}的模型</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/drop_zone.py" />
            <source>A table (TSV, CSV, XLSX), a translation memory (TMX), JSON lines,
or two texts together whose lines belong to each other</source>
            <translation>表格（TSV、CSV、XLSX）、翻译记忆（TMX）、JSON 行，
或两个逐行对应的文本文件</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/drop_zone.py" />
            <source>About 120 pairs from a tea house, and six lines that are wrong</source>
            <translation>约 120 对茶馆用语，其中六行有错</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/drop_zone.py" />
            <source>Browse…</source>
            <translation>浏览…</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/drop_zone.py" />
            <source>Drop a file of pairs here</source>
            <translation>把句对文件拖到这里</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/drop_zone.py" />
            <source>Drop one file of pairs, or two texts whose lines belong to each other.</source>
            <translation>请拖入一个句对文件，或两个逐行对应的文本文件。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/drop_zone.py" />
            <source>Drop the file of pairs that lies in it.</source>
            <translation>请拖入其中的句对文件。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/drop_zone.py" />
            <source>Let go to check it</source>
            <translation>松开鼠标即可检查</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/drop_zone.py" />
            <source>Save it on this computer first, then drop it here.</source>
            <translation>请先存到这台电脑上，再拖到这里。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/drop_zone.py" />
            <source>Try a sample</source>
            <translation>试用样例</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/drop_zone.py" />
            <source>What you dropped is not a file of this computer.</source>
            <translation>拖进来的不是这台电脑上的文件。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/drop_zone.py" />
            <source>{count} files were dropped at once.</source>
            <translation>一次拖入了 {count} 个文件。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/drop_zone.py" />
            <source>{name} is a folder.</source>
            <translation>{name} 是文件夹。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/evidence_bars.py" />
            <location filename="../../gui/widgets/truth_view.py" />
            <source>Evidence for the chosen word</source>
            <translation>所选词的依据</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/evidence_bars.py" />
            <source>{name} {percent} %</source>
            <translation>{name} {percent}%</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/evidence_bars.py" />
            <source>{name}: most on {word}</source>
            <translation>{name}：主要在 {word}</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/export_button.py" />
            <source>Drawing (SVG)…</source>
            <translation>矢量图（SVG）…</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/export_button.py" />
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/export_button.py" />
            <source>Page to look at (HTML)…</source>
            <translation>网页（HTML）…</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/export_button.py" />
            <source>Picture (PNG)…</source>
            <translation>图片（PNG）…</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/export_button.py" />
            <source>Table (CSV)…</source>
            <translation>表格（CSV）…</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/export_button.py" />
            <source>Write what is shown here to a file</source>
            <translation>把这里显示的内容写入文件</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/head_grid.py" />
            <source>Attention of each head</source>
            <translation>各头的注意力</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/head_grid.py" />
            <source>{source} → {target}   {percent}</source>
            <translation>{source} → {target}   {percent}</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/heatmap_canvas.py" />
            <source>Attention heatmap</source>
            <translation>注意力热力图</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/heatmap_canvas.py" />
            <source>{source} → {target}   {percent} %</source>
            <translation>{source} → {target}   {percent}%</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/heatmap_export.py" />
            <source>Export the heatmap</source>
            <translation>导出热力图</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/heatmap_export.py" />
            <source>Point at a cell to read how much a word was read from another.</source>
            <translation>指向一格，可以看到一个词有多少译自另一个词。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/heatmap_export.py" />
            <source>Share of a translated word's attention:</source>
            <translation>译词注意力的份额：</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/heatmap_export.py" />
            <source>Written to {file}</source>
            <translation>已写入 {file}</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/inside.py" />
            <source>Inside</source>
            <translation>内部</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/inside.py" />
            <source>Look inside the sentence under the caret ({keys})</source>
            <translation>查看光标所在句子的内部（{keys}）</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/licences.py" />
            <source>Licences</source>
            <translation>许可证</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/loss_chart.py" />
            <source>Loss by step</source>
            <translation>各步的损失</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/loss_chart.py" />
            <source>before</source>
            <translation>学前</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/loss_chart.py" />
            <source>general</source>
            <translation>通用</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/loss_chart.py" />
            <source>general {loss}</source>
            <translation>通用 {loss}</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/loss_chart.py" />
            <source>step {step}</source>
            <translation>第 {step} 步</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/loss_chart.py" />
            <source>training</source>
            <translation>训练</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/loss_chart.py" />
            <source>training {loss}</source>
            <translation>训练 {loss}</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/loss_chart.py" />
            <source>training {loss}, smoothed {smoothed}</source>
            <translation>训练 {loss}，平滑后 {smoothed}</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/loss_chart.py" />
            <source>{pairs} {loss}</source>
            <translation>{pairs} {loss}</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/panes.py" />
            <source>1 character</source>
            <translation>1 个字符</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/panes.py" />
            <source>Clear</source>
            <translation>清空</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/panes.py" />
            <source>Copy translation</source>
            <translation>复制译文</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/panes.py" />
            <source>Correct the sentence and teach the model ({keys})</source>
            <translation>纠正句子并教给模型（{keys}）</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/panes.py" />
            <source>Correct…</source>
            <translation>纠正…</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/panes.py" />
            <source>Text to translate</source>
            <translation>待翻译的文字</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/panes.py" />
            <source>{count} characters</source>
            <translation>{count} 个字符</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/runs_chart.py" />
            <source>Curves of the runs</source>
            <translation>各训练的曲线</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/runs_chart.py" />
            <source>{name} {value}</source>
            <translation>{name} {value}</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/search_canvas.py" />
            <source>Click or Enter: continue from here</source>
            <translation>单击或按回车：从这里继续</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/search_canvas.py" />
            <source>Search tree</source>
            <translation>搜索树</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/search_view.py" />
            <source>Arrow keys walk, Enter goes on from there; Ctrl and the wheel, + and − zoom</source>
            <translation>方向键移动，回车从那里继续；Ctrl 加滚轮、+ 和 − 缩放</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/search_view.py" />
            <source>Part of the sentence</source>
            <translation>句子的一段</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/search_view.py" />
            <source>Part {number}</source>
            <translation>第 {number} 段</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/search_view.py" />
            <source>Search</source>
            <translation>搜索</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/search_view.py" />
            <source>Search: what was tried at each step, what was kept and what was dropped</source>
            <translation>搜索：每一步试了什么，保留了什么，剪除了什么</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/search_view.py" />
            <source>Searching…</source>
            <translation>正在搜索…</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/search_view.py" />
            <source>Step through the search (Left and Right)</source>
            <translation>逐步查看搜索（左右方向键）</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/search_view.py" />
            <source>Step {step} of {count}</source>
            <translation>第 {step} 步，共 {count} 步</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/search_view.py" />
            <source>Steps of the search that are shown</source>
            <translation>显示到搜索的第几步</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/search_view.py" />
            <source>The sentence was searched in {count} parts.</source>
            <translation>这个句子分 {count} 段搜索。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/search_view.py" />
            <source>The shown translation was searched again or mended after this search.</source>
            <translation>显示的译文在这次搜索之后又经过重搜或修补。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/search_view.py" />
            <source>This is a second, wider search: it found the shown translation.</source>
            <translation>这是范围更宽的第二次搜索，显示的译文由它找到。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/search_view.py" />
            <source>This sentence was copied as it is: nothing was searched.</source>
            <translation>这个句子是原样照抄的，没有搜索。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/search_view.py" />
            <source>Translate a sentence and put the caret into it to see how it was searched.</source>
            <translation>翻译一个句子，并把光标放进去，就能看到搜索过程。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/search_view.py" />
            <source>bold: the output · framed: kept · faded: dropped</source>
            <translation>加粗：输出 · 加框：保留 · 淡色：剪除</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/segment_editor.py" />
            <source>Check that it exists and that you may read it.</source>
            <translation>请检查文件是否存在、是否有权读取。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/segment_editor.py" />
            <source>Choose a file of plain text, such as .txt or .md.</source>
            <translation>请选择纯文本文件，例如 .txt 或 .md。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/segment_editor.py" />
            <source>Choose a smaller file, or translate it with attune-cli.</source>
            <translation>请选择较小的文件，或用 attune-cli 翻译。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/segment_editor.py" />
            <source>Or try one of these</source>
            <translation>或者试试这些</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/segment_editor.py" />
            <source>Save it as UTF-8 text, then try again.</source>
            <translation>请另存为 UTF-8 文本后再试。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/segment_editor.py" />
            <source>the file cannot be read ({reason})</source>
            <translation>文件无法读取（{reason}）</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/segment_editor.py" />
            <source>the file is larger than {size} MB</source>
            <translation>文件大于 {size} MB</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/segment_editor.py" />
            <source>the file is not UTF-8 text</source>
            <translation>文件不是 UTF-8 文本</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/shortcuts.py" />
            <source>Keyboard shortcuts</source>
            <translation>键盘快捷键</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/status_line.py" />
            <source>Attune opens no connection to any network: texts, models and settings stay here.</source>
            <translation>对译不连接任何网络：文字、模型和设置都留在这里。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/status_line.py" />
            <source>Status</source>
            <translation>状态</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/status_line.py" />
            <source>nothing leaves this computer</source>
            <translation>一切都留在这台电脑上</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/sureness_legend.py" />
            <source>How often words as probable as this one stood in a person's translation, too</source>
            <translation>概率与此相当的词，有多大比例也出现在人工译文中</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/sureness_legend.py" />
            <source>fairly sure</source>
            <translation>较有把握</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/sureness_legend.py" />
            <source>sure</source>
            <translation>有把握</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/sureness_legend.py" />
            <source>unsure</source>
            <translation>没把握</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/truth_view.py" />
            <source>Asking the model about “{word}”…</source>
            <translation>正在向模型询问“{word}”…</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/truth_view.py" />
            <source>Attention is a weight inside the model and need not be the reason for a word (Jain &amp; Wallace 2019, “Attention is not Explanation”).
Erasure: how much less likely the word becomes when one source word is left out (Li et al. 2016).
Gradient: how strongly its probability hangs on each source word, gradient times input (Ding et al. 2019).
Both are computed in fp32 for the word, given all that stands before it.</source>
            <translation>注意力只是模型内部的权重，不一定是译出某个词的原因（Jain &amp; Wallace 2019，“Attention is not Explanation”）。
擦除：去掉一个原文词后，这个译词的概率下降多少（Li et al. 2016）。
梯度：它的概率在多大程度上取决于每个原文词，即梯度乘输入（Ding et al. 2019）。
两者都以 fp32 计算，并以它前面的译文为条件。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/truth_view.py" />
            <source>Attention looks at “{source}”, and the model needed it for “{word}”.</source>
            <translation>注意力看的是“{source}”，模型译“{word}”时确实需要它。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/truth_view.py" />
            <source>Attention looks at “{source}”, but the model needed “{needed}” more for “{word}”: do not read its attention as a reason.</source>
            <translation>注意力看的是“{source}”，但模型译“{word}”时更需要“{needed}”：不要把注意力当作原因。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/truth_view.py" />
            <source>Attention looks at “{source}”; the evidence for “{word}” is divided: take its links as a hint.</source>
            <translation>注意力看的是“{source}”；“{word}”的依据不集中：对应关系仅供参考。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/truth_view.py" />
            <source>Doubtful</source>
            <translation>存疑</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/truth_view.py" />
            <source>Erasure</source>
            <translation>擦除</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/truth_view.py" />
            <source>The model needed no single word for “{word}”: what stands before it was enough. Do not read its attention as a reason.</source>
            <translation>译“{word}”时模型不需要任何单个原文词，前面的译文已经足够。不要把注意力当作原因。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/truth_view.py" />
            <source>There is one source word only: nothing to compare for “{word}”.</source>
            <translation>只有一个原文词，“{word}”没有可比较的。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/truth_view.py" />
            <source>They agree</source>
            <translation>一致</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/truth_view.py" />
            <source>They disagree</source>
            <translation>不一致</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/truth_view.py" />
            <source>True?</source>
            <translation>可信吗？</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/truth_view.py" />
            <source>Whether attention names the words that the model really needed</source>
            <translation>注意力所指的，是不是模型真正需要的词</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/truth_view.py" />
            <source>“{word}” was copied, not translated: there is nothing to ask.</source>
            <translation>“{word}”是照抄的，没有翻译，无可询问。</translation>
        </message>
    </context>
    <context>
        <name>Core</name>
        <message>
            <location filename="../../core/decoding/next_words.py" />
            <source>the model gives no word any probability</source>
            <translation>模型没有给任何词以概率</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>An output ends after so many entries; 0 leaves it to the length of the source.</source>
            <translation>输出到这么多词条就结束；0 表示由源句长度决定。</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>At every step the most probable entry, never taken back.</source>
            <translation>每一步取最可能的词条，不再反悔。</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>Beam</source>
            <translation>束搜索</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>Below 1 what is probable becomes more so, above 1 chance has more to say.</source>
            <translation>小于 1 时可能的更可能，大于 1 时更随机。</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>Coverage penalty</source>
            <translation>覆盖惩罚</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>Draws from the fewest most probable entries that together reach this probability.</source>
            <translation>只从合起来达到此概率的最少几个最可能词条中抽取。</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>Draws from the k most probable entries alone; 0 for all.</source>
            <translation>只从最可能的 k 个词条中抽取；0 表示全部。</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>Every step draws from the model's own distribution, repeatably by a seed.</source>
            <translation>每一步按模型自己的分布抽取，用随机种子可重复。</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>Greedy</source>
            <translation>贪心</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>How a trained system chooses its output.</source>
            <translation>训练好的系统如何选择输出。</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>How many unfinished outputs are kept at every step.</source>
            <translation>每一步保留多少个未完成的输出。</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>Hypotheses</source>
            <translation>候选数</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>Length penalty</source>
            <translation>长度惩罚</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>Longest output</source>
            <translation>最长输出</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>More favours longer outputs; 0 compares plain probabilities, which favours short ones.</source>
            <translation>越大越偏向长的输出；0 只比较概率，会偏向短的。</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>More favours outputs that look at everything in the source.</source>
            <translation>越大越偏向看遍整个源句的输出。</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>Nucleus</source>
            <translation>核采样</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>Sampling</source>
            <translation>采样</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>Search</source>
            <translation>搜索</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>Some hypotheses go on side by side; the best whole one wins.</source>
            <translation>几个候选并行推进，最好的完整候选胜出。</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>Temperature</source>
            <translation>温度</translation>
        </message>
        <message>
            <location filename="../../core/decoding/parts.py" />
            <source>Top k</source>
            <translation>前 k 个</translation>
        </message>
        <message>
            <location filename="../../core/decoding/sampling.py" />
            <source>the model predicts no number for any allowed piece</source>
            <translation>模型没有对任何允许的子词给出数值</translation>
        </message>
        <message>
            <location filename="../../core/decoding/scoring.py" />
            <source>the model predicts values that are not numbers</source>
            <translation>模型预测出的不是数值</translation>
        </message>
        <message>
            <location filename="../../core/decoding/step_model.py" />
            <source>Its weights are damaged or its training diverged: choose another model.</source>
            <translation>它的参数已损坏，或训练时发散了：请换一个模型。</translation>
        </message>
        <message>
            <location filename="../../core/decoding/step_model.py" />
            <source>the model gives no allowed output any probability</source>
            <translation>模型没有给任何允许的输出以概率</translation>
        </message>
        <message>
            <location filename="../../core/files.py" />
            <source>Check the disk, or choose a folder on another one.</source>
            <translation>请检查磁盘，或选择另一个磁盘上的文件夹。</translation>
        </message>
        <message>
            <location filename="../../core/files.py" />
            <source>Choose a folder on another disk.</source>
            <translation>请选择另一个磁盘上的文件夹。</translation>
        </message>
        <message>
            <location filename="../../core/files.py" />
            <source>Choose a folder that exists.</source>
            <translation>请选择存在的文件夹。</translation>
        </message>
        <message>
            <location filename="../../core/files.py" />
            <source>Choose a folder that you may write to, or change its permissions.</source>
            <translation>请选择有写入权限的文件夹，或更改它的权限。</translation>
        </message>
        <message>
            <location filename="../../core/files.py" />
            <source>Choose a shorter name.</source>
            <translation>请换一个较短的名称。</translation>
        </message>
        <message>
            <location filename="../../core/files.py" />
            <source>Choose another folder and try again.</source>
            <translation>请换一个文件夹后再试。</translation>
        </message>
        <message>
            <location filename="../../core/files.py" />
            <source>Choose another folder.</source>
            <translation>请换一个文件夹。</translation>
        </message>
        <message>
            <location filename="../../core/files.py" />
            <location filename="../../core/store/model_store.py" />
            <source>Choose another name.</source>
            <translation>请换一个名称。</translation>
        </message>
        <message>
            <location filename="../../core/files.py" />
            <source>Free some space and try again.</source>
            <translation>请腾出一些空间后再试。</translation>
        </message>
        <message>
            <location filename="../../core/files.py" />
            <source>it cannot be written ({description})</source>
            <translation>无法写入（{description}）</translation>
        </message>
        <message>
            <location filename="../../core/files.py" />
            <source>part of the path is not a folder</source>
            <translation>路径中有一段不是文件夹</translation>
        </message>
        <message>
            <location filename="../../core/files.py" />
            <source>the disk has too little room: {size} MB are needed, {free} MB are free</source>
            <translation>磁盘空间不足：需要 {size} MB，可用 {free} MB</translation>
        </message>
        <message>
            <location filename="../../core/files.py" />
            <source>the disk is full</source>
            <translation>磁盘已满</translation>
        </message>
        <message>
            <location filename="../../core/files.py" />
            <source>the disk is read-only</source>
            <translation>磁盘是只读的</translation>
        </message>
        <message>
            <location filename="../../core/files.py" />
            <source>the disk reports a fault</source>
            <translation>磁盘报告了故障</translation>
        </message>
        <message>
            <location filename="../../core/files.py" />
            <source>the file is larger than the disk allows</source>
            <translation>文件超过磁盘允许的大小</translation>
        </message>
        <message>
            <location filename="../../core/files.py" />
            <source>the folder does not exist</source>
            <translation>文件夹不存在</translation>
        </message>
        <message>
            <location filename="../../core/files.py" />
            <location filename="../../core/store/model_store.py" />
            <source>the name is too long</source>
            <translation>名称太长</translation>
        </message>
        <message>
            <location filename="../../core/files.py" />
            <source>there is a folder of that name</source>
            <translation>已有同名的文件夹</translation>
        </message>
        <message>
            <location filename="../../core/files.py" />
            <source>writing is not permitted</source>
            <translation>没有写入权限</translation>
        </message>
        <message>
            <location filename="../../core/files.py" />
            <source>your share of the disk is used up</source>
            <translation>你的磁盘配额已用完</translation>
        </message>
        <message>
            <location filename="../../core/formats.py" />
            <source>Update Attune; to do without the file, move it elsewhere.</source>
            <translation>请更新 Attune；不需要这个文件时，可把它移到别处。</translation>
        </message>
        <message>
            <location filename="../../core/formats.py" />
            <source>a newer version of Attune wrote this file (format {version}, known up to {known})</source>
            <translation>这个文件由更新版本的 Attune 写成（格式 {version}，本程序只认识到 {known}）</translation>
        </message>
        <message>
            <location filename="../../core/insight/forced.py" />
            <source>Give a sentence on both sides of the tab.</source>
            <translation>制表符两边都要有句子。</translation>
        </message>
        <message>
            <location filename="../../core/insight/forced.py" />
            <source>one side of the pair holds no text</source>
            <translation>句对有一边没有文字</translation>
        </message>
        <message>
            <location filename="../../core/insight/two_way.py" />
            <source>Choose models of one language pair that cut words alike.</source>
            <translation>请选择同一语言对、分词方式相同的模型。</translation>
        </message>
        <message>
            <location filename="../../core/insight/two_way.py" />
            <source>Choose one from {way} to {way_} to read the pairs backwards.</source>
            <translation>请选择一个从 {way} 到 {way_} 的模型，以反方向读这些句对。</translation>
        </message>
        <message>
            <location filename="../../core/insight/two_way.py" />
            <source>one model is {way}-{way_} and the other {other}-{other_}</source>
            <translation>一个模型是 {way}-{way_}，另一个是 {other}-{other_}</translation>
        </message>
        <message>
            <location filename="../../core/insight/two_way.py" />
            <source>the two models cut it into different words</source>
            <translation>两个模型把它切成了不同的词</translation>
        </message>
        <message>
            <location filename="../../core/insight/two_way.py" />
            <location filename="../../core/training/doctor/delimited.py" />
            <location filename="../../core/training/doctor/encodings.py" />
            <location filename="../../core/training/doctor/tmx.py" />
            <location filename="../../core/training/token_store/linking.py" />
            <location filename="../../core/training/tuning.py" />
            <source>{name}, line {number}</source>
            <translation>{name}，第 {number} 行</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>Give 'attention' as decoder, or no input_feeding.</source>
            <translation>请把 decoder 设为 'attention'，或关闭 input_feeding。</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>Give 'multi-head' as attention, or 'attention' as decoder.</source>
            <translation>请把 attention 设为 'multi-head'，或把 decoder 设为 'attention'。</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>Give 'none' as attention, or 'attention' as decoder.</source>
            <translation>请把 attention 设为 'none'，或把 decoder 设为 'attention'。</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>Give 0 or {width}, or a recurrent encoder and decoder.</source>
            <translation>请设为 0 或 {width}，或改用循环的编码器和解码器。</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>Give 0 to {heads}.</source>
            <translation>请给 0 到 {heads} 之间的数。</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>Give an attention, or one of {join} as decoder.</source>
            <translation>请选择一种注意力，或把 decoder 设为 {join} 之一。</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>Give an even number: each direction takes half.</source>
            <translation>请给偶数：每个方向各占一半。</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>Give one of {join} as encoder.</source>
            <translation>请把编码器（encoder）设为 {join} 之一。</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>Give one size to both, or 'general' as attention.</source>
            <translation>请把两者设为同样大小，或把 attention 设为 'general'。</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>Give the same number.</source>
            <translation>请设为相同的数。</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>Learn one vocabulary from both sides, or give 'tied' as embeddings.</source>
            <translation>请从两边学习同一个词表，或把 embeddings 设为 'tied'。</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>alignment_head is {alignment_head}</source>
            <translation>alignment_head 是 {alignment_head}</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>attention is 'none', but decoder {decoder} asks it</source>
            <translation>attention 是 'none'，但解码器 {decoder} 需要注意力</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>attention is {attention}, but decoder 'transformer' asks multi-head attention</source>
            <translation>attention 是 {attention}，但解码器 'transformer' 需要多头注意力</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>attention is {attention}, but decoder {decoder} asks none</source>
            <translation>attention 是 {attention}，但解码器 {decoder} 不用注意力</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>attention is {attention}, which multiplies states of one size, but decoder_width is {decoder_width} and width {width}</source>
            <translation>attention 是 {attention}，它要求两边状态大小相同，但 decoder_width 是 {decoder_width}，width 是 {width}</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>decoder is {decoder}, but encoder {encoder} has no last state to begin from</source>
            <translation>decoder 是 {decoder}，但编码器 {encoder} 没有可作起点的末状态</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>decoder_layers is {decoder_layers}, but encoder_layers {encoder_layers}: decoder 'initial-state' begins each layer from one of them</source>
            <translation>decoder_layers 是 {decoder_layers}，而 encoder_layers 是 {encoder_layers}：解码器 'initial-state' 的每一层要从编码器的一层开始</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>embedding_width is {embedding_width}, but a Transformer adds to embeddings of width {width}</source>
            <translation>embedding_width 是 {embedding_width}，但 Transformer 要在宽度为 {width} 的词向量上相加</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>embeddings is 'shared', but the vocabularies have {source_vocabulary} and {target_vocabulary} entries</source>
            <translation>embeddings 是 'shared'，但两个词表分别有 {source_vocabulary} 和 {target_vocabulary} 个词条</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>input_feeding is yes, but decoder {decoder} has no answer of attention to feed to a recurrent layer</source>
            <translation>input_feeding 已打开，但解码器 {decoder} 没有可喂给循环层的注意力结果</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>width is {width}</source>
            <translation>width 是 {width}</translation>
        </message>
        <message>
            <location filename="../../core/model/combinations.py" />
            <source>{name} is {getattr}, but width {width} is no multiple of {parts}</source>
            <translation>{name} 是 {getattr}，但宽度 {width} 不是 {parts} 的倍数</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>A matrix between both states learns what fits what.</source>
            <translation>两个状态之间用一个矩阵学习什么与什么匹配。</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>A small network looks at both states together; they may differ in size. It takes more time and memory than a product.</source>
            <translation>用一个小网络同时看两个状态，大小可以不同。比点积更费时间和内存。</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Additive (concat)</source>
            <translation>加性（拼接）</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>At every step its first layer asks anew which source words matter now; the layers above and the output read the answer.</source>
            <translation>每一步由第一层重新询问此刻哪些源词重要；上面的层和输出层读取答案。</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Attention</source>
            <translation>注意力</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>D: source pieces looked at on either side of the middle.</source>
            <translation>D：中心两侧各看多少个源片段。</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Decoder</source>
            <translation>解码器</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Dot product</source>
            <translation>点积</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Each head looks at the source in its own way; one may be shown as the alignment.</source>
            <translation>每个头以自己的方式看源句；可以选一个显示为对齐。</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Each layer begins with the last state of the encoder's. The whole source must fit into it; long sentences do not.</source>
            <translation>每一层从编码器对应层的末状态开始。整个源句都要装进去，长句装不下。</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <location filename="../../core/model/parts.py" />
            <source>Each layer reads the states of the one below.</source>
            <translation>每一层读取下面一层的状态。</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Every layer looks at what is written so far, then at the source. All places are learnt at once; to write, it keeps what it has read of every place.</source>
            <translation>每一层先看已写出的内容，再看源句。训练时所有位置同时学习；生成时保留每个位置读过的内容。</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>General (multiplicative)</source>
            <translation>一般式（乘性）</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Heads of attention</source>
            <translation>注意力头数</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>How the target is written, piece by piece.</source>
            <translation>目标语言如何一个片段一个片段地写出。</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>How well each source word fits the decoder's state: scores, which softmax turns into weights that sum to 1.</source>
            <translation>每个源词与解码器状态有多匹配：打分后由 softmax 变成和为 1 的权重。</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Input feeding</source>
            <translation>输入馈送</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Layers of the decoder</source>
            <translation>解码器层数</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Local, monotonic</source>
            <translation>局部，单调</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Local, predicted</source>
            <translation>局部，预测</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Multi-head</source>
            <translation>多头</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>No weights of its own: states that point the same way fit. Decoder and encoder must be equally wide.</source>
            <translation>没有自己的参数：方向相同的状态即匹配。解码器和编码器必须一样宽。</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <location filename="../../core/training/parts.py" />
            <source>None</source>
            <translation>无</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Only a window around the place of the same number is looked at, scored as by 'general': for pairs that keep their order.</source>
            <translation>只看序号相同处周围的窗口，按 'general' 打分：适合语序一致的句对。</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Recurrent, from the encoder's last state</source>
            <translation>循环，从编码器末状态开始</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Recurrent, with attention</source>
            <translation>循环，带注意力</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Recurrent, with one context at every step</source>
            <translation>循环，每步读同一个上下文</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Scaled dot product</source>
            <translation>缩放点积</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Several scaled products side by side, each in its own part of the width, so that one step can look at several words for several reasons.</source>
            <translation>几个缩放点积并列，各用一部分宽度，因此一步可以出于不同原因看不同的词。</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Size of the decoder's recurrent states.</source>
            <translation>解码器循环状态的大小。</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Strength of the context</source>
            <translation>上下文强度</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>The context is multiplied by it: 0 takes attention away, 1 is as published.</source>
            <translation>上下文乘以这个系数：0 等于去掉注意力，1 与论文相同。</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>The decoder predicts where the window lies, and words near its middle count more; scored as by 'general'.</source>
            <translation>由解码器预测窗口的位置，靠近中心的词权重更大；按 'general' 打分。</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>The decoder reads a fixed context and looks at no word; where weights are shown, all words have the same.</source>
            <translation>解码器读固定的上下文，不看任何词；显示权重时，所有词都一样。</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>The dot product by the root of its size, so that softmax keeps its gradients.</source>
            <translation>点积除以维数的平方根，使 softmax 保持梯度。</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>The encoder's last state is read again at every step, so that it need not be remembered.</source>
            <translation>每一步都重新读取编码器的末状态，因此不必靠记忆。</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>The top layer asks, and what attention answered is read at the next step, so that the decoder knows where it has looked. Steps must then be trained one after another, which is slower.</source>
            <translation>由最上层查询，注意力的结果在下一步读入，解码器因此知道自己看过哪里。训练时各步必须依次进行，所以较慢。</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <location filename="../../core/model/parts.py" />
            <source>Transformer</source>
            <translation>Transformer</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Width of the decoder</source>
            <translation>解码器宽度</translation>
        </message>
        <message>
            <location filename="../../core/model/decoder_parts.py" />
            <source>Window of local attention</source>
            <translation>局部注意力的窗口</translation>
        </message>
        <message>
            <location filename="../../core/model/diagram.py" />
            <source>Context and first state</source>
            <translation>上下文和初始状态</translation>
        </message>
        <message>
            <location filename="../../core/model/diagram.py" />
            <source>Features</source>
            <translation>特征</translation>
        </message>
        <message>
            <location filename="../../core/model/diagram.py" />
            <source>First state</source>
            <translation>初始状态</translation>
        </message>
        <message>
            <location filename="../../core/model/diagram.py" />
            <source>Normalisation</source>
            <translation>归一化</translation>
        </message>
        <message>
            <location filename="../../core/model/diagram.py" />
            <source>Output layer</source>
            <translation>输出层</translation>
        </message>
        <message>
            <location filename="../../core/model/diagram.py" />
            <source>Source embeddings</source>
            <translation>源词向量</translation>
        </message>
        <message>
            <location filename="../../core/model/diagram.py" />
            <source>Source pieces</source>
            <translation>源片段</translation>
        </message>
        <message>
            <location filename="../../core/model/diagram.py" />
            <source>Target embeddings</source>
            <translation>目标词向量</translation>
        </message>
        <message>
            <location filename="../../core/model/diagram.py" />
            <source>Target pieces before</source>
            <translation>已写出的目标片段</translation>
        </message>
        <message>
            <location filename="../../core/model/diagram.py" />
            <source>Upper layers of the decoder</source>
            <translation>解码器上层</translation>
        </message>
        <message>
            <location filename="../../core/model/diagram.py" />
            <source>before the first step</source>
            <translation>第一步之前</translation>
        </message>
        <message>
            <location filename="../../core/model/diagram.py" />
            <source>context</source>
            <translation>上下文</translation>
        </message>
        <message>
            <location filename="../../core/model/diagram.py" />
            <source>context, every layer</source>
            <translation>上下文，每一层</translation>
        </message>
        <message>
            <location filename="../../core/model/diagram.py" />
            <source>context, every step</source>
            <translation>上下文，每一步</translation>
        </message>
        <message>
            <location filename="../../core/model/diagram.py" />
            <source>keys and values</source>
            <translation>键和值</translation>
        </message>
        <message>
            <location filename="../../core/model/diagram.py" />
            <source>last state</source>
            <translation>末状态</translation>
        </message>
        <message>
            <location filename="../../core/model/diagram.py" />
            <source>mean state</source>
            <translation>平均状态</translation>
        </message>
        <message>
            <location filename="../../core/model/diagram.py" />
            <source>query</source>
            <translation>查询</translation>
        </message>
        <message>
            <location filename="../../core/model/diagram.py" />
            <source>same weights</source>
            <translation>共享权重</translation>
        </message>
        <message>
            <location filename="../../core/model/diagram.py" />
            <source>to the next step</source>
            <translation>传给下一步</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>A recurrent layer reads from left to right: a state knows nothing of what follows.</source>
            <translation>循环层从左读到右：状态不知道后面的内容。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>As usual for each layer</source>
            <translation>各层的惯常做法</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Bidirectional recurrence</source>
            <translation>双向循环</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Bounds that keep the spread of states and of gradients alike from layer to layer; each gate of a cell counts as a matrix of its own.</source>
            <translation>使各层状态和梯度的方差保持一致的范围；单元的每个门算作单独的矩阵。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Dropout</source>
            <translation>Dropout（随机失活）</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Each direction has half of the width, and both stand side by side.</source>
            <translation>每个方向占一半宽度，两者并列。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Each direction has the full width, and both are added up.</source>
            <translation>每个方向都有全部宽度，两者相加。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Each head looks at the sentence in its own way; together they are as wide as one.</source>
            <translation>每个头以自己的方式看句子，合起来和一个头一样宽。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Each recurrent layer above the first adds to what it reads instead of replacing it.</source>
            <translation>第一层以上的循环层在读入内容上相加，而不是取代它。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Embeddings</source>
            <translation>词向量</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Encoder</source>
            <translation>编码器</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Every layer lets each piece look at all others at once; nothing is recurrent.</source>
            <translation>每一层让每个片段同时看到其他所有片段，没有循环。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>First weights</source>
            <translation>初始权重</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Gates decide what its memory forgets, takes up and shows; gradients pass along the memory almost unhindered.</source>
            <translation>由门决定记忆忘掉、记住和显示什么；梯度几乎不受阻碍地沿记忆传递。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Heads of self-attention</source>
            <translation>自注意力头数</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>How the source is read: one state for every source piece.</source>
            <translation>如何读源句：每个源片段一个状态。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>How the states from the left and from the right become one.</source>
            <translation>从左和从右的状态如何合成一个。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Inner size of the two-layer network in every Transformer layer.</source>
            <translation>每个 Transformer 层里两层网络的内部大小。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Joined end to end</source>
            <translation>首尾拼接</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Joining of both directions</source>
            <translation>两个方向的合并</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>LSTM</source>
            <translation>LSTM</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Layers of the encoder</source>
            <translation>编码器层数</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Learning</source>
            <translation>学习</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Nothing squeezes the state: gradients may fade, or grow beyond all bounds.</source>
            <translation>状态不受压缩：梯度可能衰减，也可能无限增大。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>One recurrent layer reads from the left, another from the right, so that each state knows what stands on both sides.</source>
            <translation>一个循环层从左读，另一个从右读，因此每个状态都知道两边的内容。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>One table for all, over one vocabulary of both sides.</source>
            <translation>全部共用一张表，两边用同一个词表。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>One-directional recurrence</source>
            <translation>单向循环</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Recurrence</source>
            <translation>循环</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Recurrent cell</source>
            <translation>循环单元</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Residual connections</source>
            <translation>残差连接</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Separate</source>
            <translation>分开</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Share of activations set to 0 at random while training, against learning by heart.</source>
            <translation>训练时随机置 0 的激活比例，防止死记硬背。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Shared</source>
            <translation>共享</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Size of embeddings, and of what the output layer reads; 0: as wide as the states.</source>
            <translation>词向量及输出层所读内容的大小；0 表示与状态同宽。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Size of feed-forward layers</source>
            <translation>前馈层大小</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Size of the encoder's states, and of embeddings where nothing else is said.</source>
            <translation>编码器状态的大小；没有另外说明时也是词向量的大小。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Sizes</source>
            <translation>大小</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Summed</source>
            <translation>相加</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>The output layer's rows are the target's embeddings; the source has its own.</source>
            <translation>输出层的各行就是目标词向量；源语言另有自己的。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>The state is squeezed at every step, and gradients fade with the distance.</source>
            <translation>状态每一步都被压缩，梯度随距离衰减。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Three tables: the most to learn, and the most weights.</source>
            <translation>三张表：要学的最多，参数也最多。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Tied</source>
            <translation>绑定</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Two gates: one resets the state, one mixes the old with the new. Smaller and faster than an LSTM.</source>
            <translation>两个门：一个重置状态，一个把新旧混合。比 LSTM 更小更快。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Uniform between bounds that hang on the number of inputs.</source>
            <translation>在由输入个数决定的范围内均匀分布。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Vanilla RNN (ReLU)</source>
            <translation>普通 RNN（ReLU）</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Vanilla RNN (tanh)</source>
            <translation>普通 RNN（tanh）</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>What a recurrent layer does with its state and what it reads, at every place.</source>
            <translation>循环层在每个位置如何处理自己的状态和读入的内容。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>What the matrices hold before anything is learnt.</source>
            <translation>学习之前矩阵里放什么。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Which of the three tables of vectors are one: of the source's words, of the target's, and of the output layer.</source>
            <translation>源词、目标词和输出层这三张向量表，哪些合为一张。</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Width</source>
            <translation>宽度</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Width of embeddings</source>
            <translation>词向量宽度</translation>
        </message>
        <message>
            <location filename="../../core/model/parts.py" />
            <source>Xavier (Glorot)</source>
            <translation>Xavier（Glorot）初始化</translation>
        </message>
        <message>
            <location filename="../../core/parts.py" />
            <location filename="../../core/text/options.py" />
            <location filename="../../core/training/doctor/encodings.py" />
            <location filename="../../core/training/doctor/sources.py" />
            <location filename="../../core/training/feeding.py" />
            <location filename="../../core/training/optimizers.py" />
            <location filename="../../core/training/samples/tasks.py" />
            <location filename="../../core/training/tune_options.py" />
            <source>Give one of {names}.</source>
            <translation>请给出其中之一：{names}。</translation>
        </message>
        <message>
            <location filename="../../core/parts.py" />
            <source>Give {kind}.</source>
            <translation>请给出{kind}。</translation>
        </message>
        <message>
            <location filename="../../core/store/aligner_file.py" />
            <location filename="../../core/store/bundle.py" />
            <location filename="../../core/store/loading.py" />
            <location filename="../../core/store/manifest.py" />
            <location filename="../../core/store/receipt_page.py" />
            <source>Install the model again, or choose another one.</source>
            <translation>请重新安装这个模型，或换一个模型。</translation>
        </message>
        <message>
            <location filename="../../core/store/aligner_file.py" />
            <source>the aligner cannot be read ({error})</source>
            <translation>无法读取对齐层（{error}）</translation>
        </message>
        <message>
            <location filename="../../core/store/archive.py" />
            <source>Check its name and that you may read it.</source>
            <translation>请检查文件名以及是否有权读取。</translation>
        </message>
        <message>
            <location filename="../../core/store/archive.py" />
            <source>Choose a file that Attune exported (*{suffix}).</source>
            <translation>请选择由对译导出的文件（*{suffix}）。</translation>
        </message>
        <message>
            <location filename="../../core/store/archive.py" />
            <source>Get the file again; it was damaged on its way.</source>
            <translation>请重新获取这个文件，它在传输中损坏了。</translation>
        </message>
        <message>
            <location filename="../../core/store/archive.py" />
            <location filename="../../core/store/bundle.py" />
            <location filename="../../core/training/numbered_lines.py" />
            <source>the file cannot be read ({strerror})</source>
            <translation>文件无法读取（{strerror}）</translation>
        </message>
        <message>
            <location filename="../../core/store/archive.py" />
            <source>this is no exported model ({why})</source>
            <translation>这不是导出的模型（{why}）</translation>
        </message>
        <message>
            <location filename="../../core/store/archive.py" />
            <source>{name} is not what the manifest says</source>
            <translation>{name} 与清单不符</translation>
        </message>
        <message>
            <location filename="../../core/store/bundle.py" />
            <source>a file of the model is missing</source>
            <translation>模型缺少一个文件</translation>
        </message>
        <message>
            <location filename="../../core/store/bundle.py" />
            <source>the file has {size} bytes instead of {bytes}</source>
            <translation>文件有 {size} 字节，应为 {bytes} 字节</translation>
        </message>
        <message>
            <location filename="../../core/store/bundle.py" />
            <location filename="../../core/training/numbered_lines.py" />
            <source>the file is not UTF-8</source>
            <translation>文件不是 UTF-8 编码</translation>
        </message>
        <message>
            <location filename="../../core/store/bundle.py" />
            <source>the file is not what the manifest says</source>
            <translation>文件与清单不符</translation>
        </message>
        <message>
            <location filename="../../core/store/bundle.py" />
            <source>the weights cannot be read ({error})</source>
            <translation>参数无法读取（{error}）</translation>
        </message>
        <message>
            <location filename="../../core/store/bundle.py" />
            <source>the weights do not fit the model ({name} is {shape}, not {shape_})</source>
            <translation>参数与模型不符（{name} 是 {shape}，应为 {shape_}）</translation>
        </message>
        <message>
            <location filename="../../core/store/bundle.py" />
            <source>there is no model</source>
            <translation>这里没有模型</translation>
        </message>
        <message>
            <location filename="../../core/store/folders.py" />
            <source>Change its permissions.</source>
            <translation>请更改它的权限。</translation>
        </message>
        <message>
            <location filename="../../core/store/folders.py" />
            <source>the folder of models cannot be read ({strerror})</source>
            <translation>模型文件夹无法读取（{strerror}）</translation>
        </message>
        <message>
            <location filename="../../core/store/library.py" />
            <source>It keeps its name.</source>
            <translation>它的名称不能更改。</translation>
        </message>
        <message>
            <location filename="../../core/store/library.py" />
            <source>Write at most {most_note}.</source>
            <translation>最多写 {most_note} 个字符。</translation>
        </message>
        <message>
            <location filename="../../core/store/library.py" />
            <source>the note has {len} characters</source>
            <translation>备注有 {len} 个字符</translation>
        </message>
        <message>
            <location filename="../../core/store/library.py" />
            <location filename="../../core/store/model_store.py" />
            <source>{name} is built in</source>
            <translation>{name} 是内置模型</translation>
        </message>
        <message>
            <location filename="../../core/store/loading.py" />
            <source>the model's shape is senseless ({reason})</source>
            <translation>模型的结构不合理（{reason}）</translation>
        </message>
        <message>
            <location filename="../../core/store/loading.py" />
            <source>the vocabularies have {len} and {len_} entries, the model {source_vocabulary} and {target_vocabulary}</source>
            <translation>词表有 {len} 和 {len_} 项，模型却是 {source_vocabulary} 和 {target_vocabulary} 项</translation>
        </message>
        <message>
            <location filename="../../core/store/manifest.py" />
            <source>Update this program.</source>
            <translation>请更新本程序。</translation>
        </message>
        <message>
            <location filename="../../core/store/manifest.py" />
            <source>a newer version of this program made the model (format {version}, known up to {format_version})</source>
            <translation>模型由更新版本的程序制作（格式 {version}，本程序只认识到 {format_version}）</translation>
        </message>
        <message>
            <location filename="../../core/store/manifest.py" />
            <source>the file is damaged ({why})</source>
            <translation>文件已损坏（{why}）</translation>
        </message>
        <message>
            <location filename="../../core/store/model_store.py" />
            <source>Delete or rename that one first.</source>
            <translation>请先删除或重命名那一个。</translation>
        </message>
        <message>
            <location filename="../../core/store/model_store.py" />
            <location filename="../../core/training/system.py" />
            <source>Did you mean {folded}?</source>
            <translation>是否想选 {folded}？</translation>
        </message>
        <message>
            <location filename="../../core/store/model_store.py" />
            <source>Give it one.</source>
            <translation>请起一个名称。</translation>
        </message>
        <message>
            <location filename="../../core/store/model_store.py" />
            <source>It cannot be deleted.</source>
            <translation>它不能删除。</translation>
        </message>
        <message>
            <location filename="../../core/store/model_store.py" />
            <source>Make another one first.</source>
            <translation>请先做另一个。</translation>
        </message>
        <message>
            <location filename="../../core/store/model_store.py" />
            <source>There are no models.</source>
            <translation>没有任何模型。</translation>
        </message>
        <message>
            <location filename="../../core/store/model_store.py" />
            <location filename="../../core/training/run_folder.py" />
            <source>There are: {join}.</source>
            <translation>现有：{join}。</translation>
        </message>
        <message>
            <location filename="../../core/store/model_store.py" />
            <source>Use at most 40 Chinese or 120 Latin characters.</source>
            <translation>最多 40 个汉字或 120 个拉丁字母。</translation>
        </message>
        <message>
            <location filename="../../core/store/model_store.py" />
            <source>Use letters, digits and -.</source>
            <translation>请用文字、数字和 -。</translation>
        </message>
        <message>
            <location filename="../../core/store/model_store.py" />
            <source>no model called {name} was deleted</source>
            <translation>没有删除过名为 {name} 的模型</translation>
        </message>
        <message>
            <location filename="../../core/store/model_store.py" />
            <source>the model has no name</source>
            <translation>模型没有名称</translation>
        </message>
        <message>
            <location filename="../../core/store/model_store.py" />
            <source>the name has {wrong} in it</source>
            <translation>名称中有 {wrong}</translation>
        </message>
        <message>
            <location filename="../../core/store/model_store.py" />
            <source>there is a model called {name}</source>
            <translation>已有名为 {name} 的模型</translation>
        </message>
        <message>
            <location filename="../../core/store/model_store.py" />
            <source>there is a model called {name} again</source>
            <translation>又有了名为 {name} 的模型</translation>
        </message>
        <message>
            <location filename="../../core/store/model_store.py" />
            <source>there is no model called {name}</source>
            <translation>没有名为 {name} 的模型</translation>
        </message>
        <message>
            <location filename="../../core/store/model_store.py" />
            <source>there is no model of yours called {name}</source>
            <translation>你没有名为 {name} 的模型</translation>
        </message>
        <message>
            <location filename="../../core/store/model_store.py" />
            <source>{name} begins or ends with a dot or blank</source>
            <translation>{name} 以点或空格开头或结尾</translation>
        </message>
        <message>
            <location filename="../../core/store/model_store.py" />
            <source>{name} is a built-in model</source>
            <translation>{name} 是内置模型的名称</translation>
        </message>
        <message>
            <location filename="../../core/store/model_store.py" />
            <source>{name} is the last model</source>
            <translation>{name} 是最后一个模型</translation>
        </message>
        <message>
            <location filename="../../core/store/model_store.py" />
            <source>{name} is the name of a device on some systems</source>
            <translation>{name} 在某些系统上是设备的名称</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>Finished</source>
            <translation>完成于</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>Held-out loss</source>
            <translation>留出损失</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>It ended by itself: everyday sentences had become clearly worse.</source>
            <translation>自行结束：日常句子的翻译明显变差了。</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>It ended by itself: nothing became better any more.</source>
            <translation>自行结束：不再有任何改进。</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>It ended by itself: the loss was no number any more.</source>
            <translation>自行结束：损失已不再是一个数。</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>It ran as long as planned.</source>
            <translation>按计划跑完了全程。</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>It was told to stop and keep the best.</source>
            <translation>按要求停止，并保留了最好的状态。</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>Kept as it was at update</source>
            <translation>保留的是哪次更新后的状态</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>Learnt from</source>
            <translation>学自</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>Loss on these pairs</source>
            <translation>这些句对上的损失</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>Pairs held out</source>
            <translation>留出的句对</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>Pairs learnt</source>
            <translation>学习的句对</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>SHA-256 of the pairs</source>
            <translation>句对的 SHA-256</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>Seed</source>
            <translation>随机种子</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>Share of what was learnt</source>
            <translation>保留所学的比例</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>Time</source>
            <translation>用时</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>Updates</source>
            <translation>更新次数</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>general</source>
            <translation>日常</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>held-out</source>
            <translation>留出</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>taught</source>
            <translation>所教</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>the receipt is senseless ({error})</source>
            <translation>训练记录没有意义（{error}）</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>training</source>
            <translation>训练</translation>
        </message>
        <message>
            <location filename="../../core/store/receipt_page.py" />
            <source>{seconds} minutes</source>
            <translation>{seconds} 分钟</translation>
        </message>
        <message>
            <location filename="../../core/text/languages.py" />
            <source>Give 2 to 16 small letters, digits or underscores, as in: de, text, digits.</source>
            <translation>请用 2 到 16 个小写字母、数字或下划线，如 de、text、digits。</translation>
        </message>
        <message>
            <location filename="../../core/text/languages.py" />
            <source>Give two codes: zh-en.</source>
            <translation>请给两个代码，如 zh-en。</translation>
        </message>
        <message>
            <location filename="../../core/text/languages.py" />
            <source>{text} is no code of a language</source>
            <translation>{text} 不是语言代码</translation>
        </message>
        <message>
            <location filename="../../core/text/languages.py" />
            <source>{text} is no pair of languages</source>
            <translation>{text} 不是一对语言</translation>
        </message>
        <message>
            <location filename="../../core/text/options.py" />
            <location filename="../../core/training/token_store/subwords.py" />
            <source>Choose between {fewest_entries} and {most_entries}.</source>
            <translation>请在 {fewest_entries} 和 {most_entries} 之间选择。</translation>
        </message>
        <message>
            <location filename="../../core/text/options.py" />
            <source>Give both the same units, or embeddings of their own.</source>
            <translation>请给两边相同的单位，或各用自己的词向量。</translation>
        </message>
        <message>
            <location filename="../../core/text/options.py" />
            <source>It must be at least 1.</source>
            <translation>至少为 1。</translation>
        </message>
        <message>
            <location filename="../../core/text/options.py" />
            <source>source_units is {source_units} and target_units {target_units}, but embeddings is shared</source>
            <translation>source_units 是 {source_units}，target_units 是 {target_units}，但 embeddings 是共享的</translation>
        </message>
        <message>
            <location filename="../../core/text/options.py" />
            <source>{side}_min_freq is {least}</source>
            <translation>{side}_min_freq 是 {least}</translation>
        </message>
        <message>
            <location filename="../../core/text/options.py" />
            <source>{side}_units is {units}</source>
            <translation>{side}_units 是 {units}</translation>
        </message>
        <message>
            <location filename="../../core/text/options.py" />
            <source>{side}_vocabulary_size is {size}</source>
            <translation>{side}_vocabulary_size 是 {size}</translation>
        </message>
        <message>
            <location filename="../../core/text/parts.py" />
            <source>Characters</source>
            <translation>字符</translation>
        </message>
        <message>
            <location filename="../../core/text/parts.py" />
            <source>Entries of the {side}</source>
            <translation>{side}的词条数</translation>
        </message>
        <message>
            <location filename="../../core/text/parts.py" />
            <source>Every character is an entry: small vocabularies, long sequences.</source>
            <translation>每个字符是一个词条：词表小，序列长。</translation>
        </message>
        <message>
            <location filename="../../core/text/parts.py" />
            <source>Every frequent word is an entry; all others are one and the same, &lt;unk&gt;. jieba cuts Chinese, spaCy the languages that it knows, blanks and marks the rest.</source>
            <translation>每个常见词是一个词条，其余全部归为 &lt;unk&gt;。中文用 jieba 切分，spaCy 支持的语言用 spaCy，其他按空格和标点。</translation>
        </message>
        <message>
            <location filename="../../core/text/parts.py" />
            <source>Frequent words stay whole, rare ones fall into pieces that are learnt from the file, so that hardly anything is unknown.</source>
            <translation>常见词保持完整，罕见词切成从文件学到的片段，因此几乎没有未知词。</translation>
        </message>
        <message>
            <location filename="../../core/text/parts.py" />
            <source>Least frequency of the {side}</source>
            <translation>{side}的最低频次</translation>
        </message>
        <message>
            <location filename="../../core/text/parts.py" />
            <source>Pieces of words</source>
            <translation>词片段</translation>
        </message>
        <message>
            <location filename="../../core/text/parts.py" />
            <source>Texts are cut at their blanks and nowhere else, as tags and spelt-out numbers want it.</source>
            <translation>只在空格处切分，适合标签和拼写出来的数字。</translation>
        </message>
        <message>
            <location filename="../../core/text/parts.py" />
            <source>The most entries a vocabulary has, with &lt;unk&gt;, &lt;pad&gt;, &lt;sos&gt; and &lt;eos&gt;; the most frequent ones are kept. One vocabulary for both sides goes by the source's.</source>
            <translation>词表最多有多少词条，含 &lt;unk&gt;、&lt;pad&gt;、&lt;sos&gt; 和 &lt;eos&gt;；保留最常见的。两边共用词表时以源语言的为准。</translation>
        </message>
        <message>
            <location filename="../../core/text/parts.py" />
            <source>Units of the {side}</source>
            <translation>{side}的单位</translation>
        </message>
        <message>
            <location filename="../../core/text/parts.py" />
            <source>What an entry of the {side}'s vocabulary is.</source>
            <translation>{side}词表的词条是什么。</translation>
        </message>
        <message>
            <location filename="../../core/text/parts.py" />
            <source>What occurs less often gets no entry; of pieces, what two must reach together to be joined.</source>
            <translation>出现更少的不设词条；对片段来说，是两段合并所需的共同出现次数。</translation>
        </message>
        <message>
            <location filename="../../core/text/parts.py" />
            <source>What stands between blanks</source>
            <translation>空格之间的内容</translation>
        </message>
        <message>
            <location filename="../../core/text/parts.py" />
            <source>Words</source>
            <translation>词</translation>
        </message>
        <message>
            <location filename="../../core/text/parts.py" />
            <source>Words and vocabularies</source>
            <translation>词和词表</translation>
        </message>
        <message>
            <location filename="../../core/text/subword.py" />
            <source>Install the model again or choose another one.</source>
            <translation>请重新安装这个模型，或换一个模型。</translation>
        </message>
        <message>
            <location filename="../../core/text/subword.py" />
            <source>a subword vocabulary does not begin with the four specials</source>
            <translation>子词词表没有以四个特殊符号开头</translation>
        </message>
        <message>
            <location filename="../../core/text/subword.py" />
            <source>the vocabulary cannot be read ({error})</source>
            <translation>词表无法读取（{error}）</translation>
        </message>
        <message>
            <location filename="../../core/training/aligning.py" />
            <source>Align its words first: see docs/recipe.md.</source>
            <translation>请先对齐其中的词：见 docs/recipe.md。</translation>
        </message>
        <message>
            <location filename="../../core/training/aligning.py" />
            <location filename="../../core/training/second_round.py" />
            <source>Give at least {held} of them.</source>
            <translation>请至少提供 {held} 个。</translation>
        </message>
        <message>
            <location filename="../../core/training/aligning.py" />
            <source>the tokenised store has no links</source>
            <translation>该词元库没有对齐关系</translation>
        </message>
        <message>
            <location filename="../../core/training/aligning.py" />
            <source>there are too few linked pairs that agree: {len}</source>
            <translation>对齐且一致的句对太少：{len}</translation>
        </message>
        <message>
            <location filename="../../core/training/aligning.py" />
            <source>update {step} of {updates}: loss {mean}</source>
            <translation>第 {step} 次更新，共 {updates} 次：损失 {mean}</translation>
        </message>
        <message>
            <location filename="../../core/training/batching.py" />
            <source>Split long pairs into sentences.</source>
            <translation>请把长句对拆成单句。</translation>
        </message>
        <message>
            <location filename="../../core/training/batching.py" />
            <source>no pair is short enough to learn from ({max_length} pieces)</source>
            <translation>没有短到可以学习的句对（上限 {max_length} 个子词）</translation>
        </message>
        <message>
            <location filename="../../core/training/beginning.py" />
            <source>Leave out either --from, or --encoder-from and the vectors.</source>
            <translation>请去掉 --from，或去掉 --encoder-from 和词向量。</translation>
        </message>
        <message>
            <location filename="../../core/training/beginning.py" />
            <source>{base} is what to start from, so that nothing of its is to be replaced</source>
            <translation>训练从 {base} 开始，所以它的内容不能替换</translation>
        </message>
        <message>
            <location filename="../../core/training/checkpoint.py" />
            <source>Start the training afresh.</source>
            <translation>请重新开始训练。</translation>
        </message>
        <message>
            <location filename="../../core/training/checkpoint.py" />
            <source>no checkpoint of this model ({error})</source>
            <translation>没有这个模型的检查点（{error}）</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/delimited.py" />
            <source>Close it, or write "" for a quotation mark inside a cell.</source>
            <translation>请闭合引号；单元格内的引号写成 ""。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/delimited.py" />
            <source>Give two files whose lines of the same number belong together.</source>
            <translation>请选择两个逐行对应的文件。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/delimited.py" />
            <source>the row that begins here does not end: a quotation mark is not closed ({reason})</source>
            <translation>从这里开始的一行没有结束：引号没有闭合（{reason}）</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/delimited.py" />
            <source>this line has no partner: the file has {lines} lines, {shorter} has {fewer}</source>
            <translation>这一行没有对应行：文件有 {lines} 行，{shorter} 有 {fewer} 行</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/delimiters.py" />
            <source>Put a tab between source and target, or give two files, one of each.</source>
            <translation>请在原文与译文之间加制表符，或选择原文、译文两个文件。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/delimiters.py" />
            <source>it has only one column: no tab, comma, semicolon or bar parts a line in two</source>
            <translation>只有一列：没有制表符、逗号、分号或竖线把一行分成两部分</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/delimiters.py" />
            <source>{name}, line 1</source>
            <translation>{name}，第 1 行</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/encodings.py" />
            <location filename="../../core/training/doctor/recognition.py" />
            <source>Choose a file that holds pairs.</source>
            <translation>请选择含有句对的文件。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/encodings.py" />
            <source>Choose the encoding that it was saved in, or save it as UTF-8.</source>
            <translation>请选择它保存时的编码，或另存为 UTF-8。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/encodings.py" />
            <source>Give text, a table (.csv, .tsv, .xlsx), JSON lines or a TMX file.</source>
            <translation>请选择文本、表格（.csv、.tsv、.xlsx）、JSON 行或 TMX 文件。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/encodings.py" />
            <location filename="../../core/training/numbered_lines.py" />
            <source>the file is empty</source>
            <translation>文件是空的</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/encodings.py" />
            <source>the file is not {upper}</source>
            <translation>文件不是 {upper} 编码</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/encodings.py" />
            <source>this is no text file</source>
            <translation>这不是文本文件</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/encodings.py" />
            <source>unknown encoding {name}</source>
            <translation>未知的编码 {name}</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/recognition.py" />
            <source>Choose another file.</source>
            <translation>请换一个文件。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/recognition.py" />
            <source>Give a memory of Chinese and English.</source>
            <translation>请选择中英文的翻译记忆。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/recognition.py" />
            <source>Give one file of pairs, or two files of the format aligned.</source>
            <translation>请选择一个句对文件，或两个逐行对应的文件。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/recognition.py" />
            <source>Give one of: {join}.</source>
            <translation>可用：{join}。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/recognition.py" />
            <source>Give two of: {shown}.</source>
            <translation>请选其中两列：{shown}。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/recognition.py" />
            <source>Save it as .xlsx without a password.</source>
            <translation>请另存为不带密码的 .xlsx。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/recognition.py" />
            <source>Write an object a line: {{"zh": "…", "en": "…"}}.</source>
            <translation>请每行写一个对象：{{"zh": "…", "en": "…"}}。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/recognition.py" />
            <source>it has nothing in {join}; its languages are: {shown}</source>
            <translation>其中没有 {join}；它的语言有：{shown}</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/recognition.py" />
            <source>pairs come from one file, or line by line from two</source>
            <translation>句对来自一个文件，或来自两个逐行对应的文件</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/recognition.py" />
            <source>the workbook has no sheet of cells</source>
            <translation>工作簿中没有表格</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/recognition.py" />
            <source>there is no sheet {sheet}</source>
            <translation>没有工作表 {sheet}</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/recognition.py" />
            <source>there is no {counted} in it</source>
            <translation>里面没有{counted}</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/recognition.py" />
            <source>this is a workbook of an old format, or locked by a password</source>
            <translation>这是旧格式的工作簿，或有密码保护</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/recognition.py" />
            <source>this is one JSON document, not one a line</source>
            <translation>这是单个 JSON 文档，而不是每行一个</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/recognition.py" />
            <source>{name} has no column {column}</source>
            <translation>{name} 没有第 {column} 列</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/sources.py" />
            <source>Give one character, as a comma.</source>
            <translation>请给一个字符，例如逗号。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/sources.py" />
            <source>Give the codes of both, as: --from zh --to en.</source>
            <translation>请给出两边的代码，如 --from zh --to en。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/sources.py" />
            <source>Give two columns.</source>
            <translation>请给两列。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/sources.py" />
            <source>a pair has a side in one language and a side in another</source>
            <translation>句对的两边应是两种语言</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/sources.py" />
            <source>column {columns} was given for both sides</source>
            <translation>两边都用了第 {columns} 列</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/sources.py" />
            <source>unknown format {format}</source>
            <translation>未知的格式 {format}</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/sources.py" />
            <source>{delimiter} cannot part columns</source>
            <translation>{delimiter} 不能用来分列</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/tmx.py" />
            <source>Export the memory again, or choose the encoding that it was saved in.</source>
            <translation>请重新导出翻译记忆，或选择它保存时的编码。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/tmx.py" />
            <source>Give a TMX file, or export the pairs as a table.</source>
            <translation>请选择 TMX 文件，或把句对导出为表格。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/tmx.py" />
            <source>Take out what stands between &lt;!DOCTYPE and ]&gt;, if you trust the file.</source>
            <translation>如果信任这个文件，请删去 &lt;!DOCTYPE 到 ]&gt; 之间的内容。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/tmx.py" />
            <source>it declares entities or a document type of its own, which may be an attack</source>
            <translation>它声明了自己的实体或文档类型，可能是攻击</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/tmx.py" />
            <source>the XML is damaged or cut off ({msg})</source>
            <translation>XML 已损坏或被截断（{msg}）</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/tmx.py" />
            <source>this XML is no translation memory</source>
            <translation>这个 XML 不是翻译记忆</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/xlsx.py" />
            <source>Give the file inside it.</source>
            <translation>请选择其中的文件。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/xlsx.py" />
            <source>Open it in a spreadsheet program and save it again as .xlsx.</source>
            <translation>请用电子表格软件打开并重新另存为 .xlsx。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/xlsx.py" />
            <source>Save the pairs as text with tabs, or in several workbooks.</source>
            <translation>请把句对另存为制表符分隔的文本，或分成几个工作簿。</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/xlsx.py" />
            <source>it declares a document type, which no spreadsheet program does</source>
            <translation>它声明了文档类型，电子表格软件不会这样做</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/xlsx.py" />
            <source>it is too large to open ({what})</source>
            <translation>太大，无法打开（{what}）</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/xlsx.py" />
            <source>the workbook is damaged or cut off ({reason})</source>
            <translation>工作簿已损坏或被截断（{reason}）</translation>
        </message>
        <message>
            <location filename="../../core/training/doctor/xlsx.py" />
            <source>this archive is no workbook</source>
            <translation>这个压缩文件不是工作簿</translation>
        </message>
        <message>
            <location filename="../../core/training/examination.py" />
            <source>Start from another model, or use a lower learning rate.</source>
            <translation>请换一个起始模型，或用较低的学习率。</translation>
        </message>
        <message>
            <location filename="../../core/training/examination.py" />
            <source>the held-out loss is {loss} at update {steps}</source>
            <translation>第 {steps} 次更新时留出集损失为 {loss}</translation>
        </message>
        <message>
            <location filename="../../core/training/feeding.py" />
            <location filename="../../core/training/tune_options.py" />
            <source>Give a number from 0 to 1.</source>
            <translation>请填 0 到 1 之间的数。</translation>
        </message>
        <message>
            <location filename="../../core/training/feeding.py" />
            <location filename="../../core/training/train_options.py" />
            <source>Give more than 0.</source>
            <translation>请给大于 0 的数。</translation>
        </message>
        <message>
            <location filename="../../core/training/feeding.py" />
            <source>Give token or sentence.</source>
            <translation>请给 token 或 sentence。</translation>
        </message>
        <message>
            <location filename="../../core/training/feeding.py" />
            <source>forcing is {kind}</source>
            <translation>forcing 是 {kind}</translation>
        </message>
        <message>
            <location filename="../../core/training/feeding.py" />
            <source>forcing_by is {by}</source>
            <translation>forcing_by 是 {by}</translation>
        </message>
        <message>
            <location filename="../../core/training/feeding.py" />
            <source>forcing_half is {half}</source>
            <translation>forcing_half 是 {half}</translation>
        </message>
        <message>
            <location filename="../../core/training/fresh.py" />
            <source>Give --resume to go on with it, or delete {path}.</source>
            <translation>用 --resume 接着训练，或删除 {path}。</translation>
        </message>
        <message>
            <location filename="../../core/training/fresh.py" />
            <source>Give at least {fewest_pairs}; a useful model needs many thousands.</source>
            <translation>至少要 {fewest_pairs} 个；有用的模型需要成千上万个。</translation>
        </message>
        <message>
            <location filename="../../core/training/fresh.py" />
            <source>Make it with --tokenize-only, --tokens FOLDER and --alignments, then type: python -m core.cli.recipe agreement FOLDER</source>
            <translation>请用 --tokenize-only、--tokens FOLDER 和 --alignments 建立，然后输入：python -m core.cli.recipe agreement FOLDER</translation>
        </message>
        <message>
            <location filename="../../core/training/fresh.py" />
            <source>Tokenise first, in one process: --tokenize-only --tokens FOLDER.</source>
            <translation>请先用一个进程切词：--tokenize-only --tokens FOLDER。</translation>
        </message>
        <message>
            <location filename="../../core/training/fresh.py" />
            <source>several processes cannot tokenise together</source>
            <translation>多个进程不能一起切词</translation>
        </message>
        <message>
            <location filename="../../core/training/fresh.py" />
            <source>the pairs of a store that is not made yet have no scores</source>
            <translation>还没有建好的存储里的句对没有得分</translation>
        </message>
        <message>
            <location filename="../../core/training/fresh.py" />
            <source>there are too few usable pairs: {usable}</source>
            <translation>可用的句对太少：{usable} 个</translation>
        </message>
        <message>
            <location filename="../../core/training/fresh.py" />
            <location filename="../../core/training/run_folder.py" />
            <source>there is an unfinished run called {name}</source>
            <translation>有一次名为 {name} 的未完成训练</translation>
        </message>
        <message>
            <location filename="../../core/training/fresh.py" />
            <source>{len} pairs are tokenised in {place}</source>
            <translation>{len} 个句对已切词，存于 {place}</translation>
        </message>
        <message>
            <location filename="../../core/training/keeping.py" />
            <source>The run's state could not be saved: {sentence} It goes on.</source>
            <translation>训练进度无法保存：{sentence}训练仍在继续。</translation>
        </message>
        <message>
            <location filename="../../core/training/limits.py" />
            <source>Give one of {longest_pinned} at most.</source>
            <translation>最多 {longest_pinned} 个字符。</translation>
        </message>
        <message>
            <location filename="../../core/training/limits.py" />
            <source>Leave it out.</source>
            <translation>请去掉它。</translation>
        </message>
        <message>
            <location filename="../../core/training/limits.py" />
            <source>Pin {most_pinned} at most: each is translated at every validation.</source>
            <translation>最多固定 {most_pinned} 个：每次验证都要翻译它们。</translation>
        </message>
        <message>
            <location filename="../../core/training/limits.py" />
            <source>pinned sentence {number} has {len} characters</source>
            <translation>第 {number} 个固定句子有 {len} 个字符</translation>
        </message>
        <message>
            <location filename="../../core/training/limits.py" />
            <source>pinned sentence {number} is empty</source>
            <translation>第 {number} 个固定句子是空的</translation>
        </message>
        <message>
            <location filename="../../core/training/limits.py" />
            <source>{len} sentences are pinned</source>
            <translation>固定了 {len} 个句子</translation>
        </message>
        <message>
            <location filename="../../core/training/numbered_lines.py" />
            <source>Check its name and folder.</source>
            <translation>请检查文件名和文件夹。</translation>
        </message>
        <message>
            <location filename="../../core/training/numbered_lines.py" />
            <source>Check that you may read it.</source>
            <translation>请检查是否有权读取。</translation>
        </message>
        <message>
            <location filename="../../core/training/numbered_lines.py" />
            <source>Check the disk it lies on.</source>
            <translation>请检查它所在的磁盘。</translation>
        </message>
        <message>
            <location filename="../../core/training/numbered_lines.py" />
            <source>Choose a file in it.</source>
            <translation>请选择其中的文件。</translation>
        </message>
        <message>
            <location filename="../../core/training/numbered_lines.py" />
            <source>Copy or download it again, or delete the last line.</source>
            <translation>请重新复制或下载，或删除最后一行。</translation>
        </message>
        <message>
            <location filename="../../core/training/numbered_lines.py" />
            <source>Copy or download it again.</source>
            <translation>请重新复制或下载。</translation>
        </message>
        <message>
            <location filename="../../core/training/numbered_lines.py" />
            <source>Open it in an editor, choose "Save as" and the encoding UTF-8.</source>
            <translation>请在编辑器中打开，选择“另存为”并选 UTF-8 编码。</translation>
        </message>
        <message>
            <location filename="../../core/training/numbered_lines.py" />
            <source>Write {holds} a line into it.</source>
            <translation>请每行写{holds}。</translation>
        </message>
        <message>
            <location filename="../../core/training/numbered_lines.py" />
            <source>the archive is damaged or cut off ({error})</source>
            <translation>压缩文件已损坏或被截断（{error}）</translation>
        </message>
        <message>
            <location filename="../../core/training/numbered_lines.py" />
            <source>the file cannot be read on ({error})</source>
            <translation>文件无法继续读取（{error}）</translation>
        </message>
        <message>
            <location filename="../../core/training/numbered_lines.py" />
            <source>the file is UTF-16</source>
            <translation>文件是 UTF-16 编码</translation>
        </message>
        <message>
            <location filename="../../core/training/numbered_lines.py" />
            <source>the file is cut off in the middle of a character</source>
            <translation>文件在一个字符中间被截断</translation>
        </message>
        <message>
            <location filename="../../core/training/numbered_lines.py" />
            <source>there is no such file</source>
            <translation>没有这个文件</translation>
        </message>
        <message>
            <location filename="../../core/training/numbered_lines.py" />
            <source>this is a folder, not a file</source>
            <translation>这是文件夹，不是文件</translation>
        </message>
        <message>
            <location filename="../../core/training/numbered_lines.py" />
            <source>{name}, after line {number}</source>
            <translation>{name}，第 {number} 行之后</translation>
        </message>
        <message>
            <location filename="../../core/training/numbered_lines.py" />
            <source>{name}, line {number}, byte {start}</source>
            <translation>{name}，第 {number} 行第 {start} 字节</translation>
        </message>
        <message>
            <location filename="../../core/training/optimizers.py" />
            <source>optimizer is {kind}</source>
            <translation>optimizer 是 {kind}</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>1 is teacher forcing; at 0 the decoder reads nothing but its own output.</source>
            <translation>1 是教师强制；0 时解码器只读自己的输出。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>A whole sentence</source>
            <translation>整个句子</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Adam</source>
            <translation>Adam</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Adam whose weight decay does not pass through the gradient.</source>
            <translation>权重衰减不经过梯度的 Adam。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>AdamW</source>
            <translation>AdamW</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Adversarial training</source>
            <translation>对抗训练</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>All pairs from the beginning, in random order.</source>
            <translation>从一开始就用全部句对，随机排序。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Always the share below.</source>
            <translation>一直用下面的比例。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>As tutorials do: a piece counts less, the more padding its batch has.</source>
            <translation>如教程所做：一批的填充越多，每个片段的权重越小。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>As tutorials do: a sentence is read gold throughout, or not at all.</source>
            <translation>如教程所做：一句要么全用标准片段，要么全不用。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>At first</source>
            <translation>起初</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Average of the weights</source>
            <translation>权重平均</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Batches</source>
            <translation>批</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Batches per update</source>
            <translation>每次更新的批数</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Batches whose gradients are added before the weights change.</source>
            <translation>权重改变之前累加梯度的批数。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Begins with the easiest pairs; the rest come in as the competence c grows to 1.</source>
            <translation>从最容易的句对开始；随着能力 c 增长到 1，其余的逐渐加入。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Chosen for</source>
            <translation>抽签的单位</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Curriculum</source>
            <translation>课程学习</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Cut longer pairs</source>
            <translation>截断更长的句对</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Descent</source>
            <translation>下降段</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Difficulty of a pair</source>
            <translation>句对的难度</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Divides a running mean of gradients by the root of their running mean square.</source>
            <translation>用梯度的滑动平均除以其均方的平方根。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Draws all weights towards 0 at every update.</source>
            <translation>每次更新把所有权重拉向 0。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Each piece</source>
            <translation>每个片段</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Ever more slowly, as there are more to learn.</source>
            <translation>要学的越多，加入得越慢。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Every target piece counts the same, however the batch is padded.</source>
            <translation>不论如何填充，每个目标片段的权重相同。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Falls along an inverse sigmoid</source>
            <translation>按反 S 形下降</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Falls exponentially</source>
            <translation>指数下降</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Falls linearly</source>
            <translation>线性下降</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>From 1, by the same amount at every update.</source>
            <translation>从 1 开始，每次更新减少相同的量。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>From 1, by the same factor every time.</source>
            <translation>从 1 开始，每次乘以相同的系数。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Full stops left out</source>
            <translation>省去句号</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Goes down the gradient, with momentum.</source>
            <translation>沿梯度下降，带动量。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Gold and own pieces mix in a sentence.</source>
            <translation>一句中标准片段和自己的片段混在一起。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Gold pieces over time</source>
            <translation>标准片段随时间的变化</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Gradient clipping</source>
            <translation>梯度裁剪</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Grows as a square root</source>
            <translation>按平方根增长</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Grows linearly</source>
            <translation>线性增长</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Guided attention</source>
            <translation>引导注意力</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Half way at</source>
            <translation>过半的时刻</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>How far each update goes.</source>
            <translation>每次更新走多远。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>How many source pieces it has.</source>
            <translation>有多少个源片段。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>How the share of gold pieces that the decoder reads while learning, ε, changes in a run; in place of the others it reads what it would have said itself.</source>
            <translation>学习时解码器读入标准片段的比例 ε 在训练中如何变化；其余位置读它自己会说的内容。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>How unlikely its source pieces are, added up.</source>
            <translation>源片段罕见程度之和。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Keeps a running average of the weights, with this decay; 0 keeps the weights themselves.</source>
            <translation>按此衰减率保留权重的滑动平均；0 表示保留权重本身。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Label smoothing</source>
            <translation>标签平滑</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Largest norm of the gradient: a longer one is shortened, so that it cannot explode.</source>
            <translation>梯度的最大范数：更长的会被缩短，以防爆炸。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Last share of the run in which the learning rate falls to 0.</source>
            <translation>训练最后学习率降到 0 的那一段所占比例。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Learning rate</source>
            <translation>学习率</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Learns each batch once more with the source embeddings moved this far to where it hurts most; every update takes twice as long.</source>
            <translation>把源词向量朝最不利的方向移动这么远，每一批再学一遍；每次更新要用两倍时间。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Length</source>
            <translation>长度</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Length and rarity</source>
            <translation>长度和罕见程度</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Longer pairs are cut there, as tutorials do; else they are left out.</source>
            <translation>更长的句对在此截断，如教程所做；否则舍去。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Longest side</source>
            <translation>最长一边</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Makes each change of a hidden matrix orthogonal; AdamW changes the rest.</source>
            <translation>使隐藏矩阵的每次改变正交化；其余由 AdamW 更新。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Mean of the loss</source>
            <translation>损失的平均方式</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Momentum</source>
            <translation>动量</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Most padded places of the longer side of a batch.</source>
            <translation>一批中较长一边填充后的最多位置数。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Muon</source>
            <translation>Muon</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>New pairs come in at a constant rate.</source>
            <translation>新句对以不变的速度加入。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Noise</source>
            <translation>噪声</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Optimiser</source>
            <translation>优化器</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Padded steps</source>
            <translation>含填充的步数</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Pairs in a batch</source>
            <translation>每批句对数</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Pieces in a batch</source>
            <translation>每批片段数</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Pieces of the longer side of a pair; what tutorials call num_steps.</source>
            <translation>句对较长一边的片段数；教程里叫 num_steps。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Probability of &lt;unk&gt; added at the same end of both sides, to learn to copy.</source>
            <translation>在两边同一端加上 &lt;unk&gt; 的概率，用来学会照抄。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Probability of a source in small letters, without full stop and with few commas.</source>
            <translation>源句全用小写、没有句号、少用逗号的概率。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Probability that a short pair has the next one appended, so that long ones are learnt.</source>
            <translation>短句对后面接上下一对的概率，以便学会长句。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Probability that a source has lost its last full stop.</source>
            <translation>源句去掉最后句号的概率。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Probability that a source piece is read as &lt;unk&gt;.</source>
            <translation>源片段被读作 &lt;unk&gt; 的概率。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Probability that the decoder reads &lt;unk&gt; for a piece before: it must look at the source.</source>
            <translation>解码器把前面的片段读作 &lt;unk&gt; 的概率：这样它必须看源句。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Real pieces</source>
            <translation>真实片段</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Sentences joined</source>
            <translation>拼接句子</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Share of gold pieces</source>
            <translation>标准片段的比例</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Share of the last change that goes on into the next.</source>
            <translation>上次改变延续到下一次的比例。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Share of the pairs, the easiest ones, that the run begins with.</source>
            <translation>训练开始时所用的最容易句对的比例。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Share of the probability that is asked for all pieces alike, so that none is certain.</source>
            <translation>平均分给所有片段的概率份额，使任何一个都不至于绝对确定。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Share of the run after which all pairs take part.</source>
            <translation>训练进行到多少时所有句对都参与。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Share of the run after which half of the pieces are gold.</source>
            <translation>训练进行到多少时只剩一半是标准片段。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Smallest share</source>
            <translation>最小比例</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>So many pairs make a batch; 0 cuts batches by their pieces.</source>
            <translation>这么多句对组成一批；0 表示按片段数分批。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Source words dropped</source>
            <translation>丢弃源词</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Stays near 1, falls around the middle, ends near 0.</source>
            <translation>先接近 1，中间下降，最后接近 0。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Target words dropped</source>
            <translation>丢弃目标词</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Teacher forcing</source>
            <translation>教师强制</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>The rule that turns a gradient into a change of the weights.</source>
            <translation>把梯度变成权重改变的规则。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>The same all along</source>
            <translation>始终不变</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>The share of gold pieces never falls below this.</source>
            <translation>标准片段的比例不会低于此值。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Unknown words added</source>
            <translation>添加未知词</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Untidy sources</source>
            <translation>不整洁的源句</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Until</source>
            <translation>到何时为止</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Updates over which the learning rate rises from 0.</source>
            <translation>学习率从 0 升上来所用的更新次数。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Warm-up</source>
            <translation>预热</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Weight decay</source>
            <translation>权重衰减</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>Weight of a loss that asks one head to look where known word links point.</source>
            <translation>要求一个头看向已知词对齐位置的损失的权重。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>What each throw of the dice decides.</source>
            <translation>每次掷骰子决定什么。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>What pairs are put in order by.</source>
            <translation>句对按什么排序。</translation>
        </message>
        <message>
            <location filename="../../core/training/parts.py" />
            <source>What the cross-entropy of a batch is divided by; padding adds nothing to it either way.</source>
            <translation>一批的交叉熵除以什么；无论哪种，填充都不计入损失。</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>A sentence as one vector: short ones fit into it, long ones are forgotten half way.</source>
            <translation>一句话就是一个向量：短句装得下，长句写到一半就忘了。</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>A word is understood from both sides. Compare --attention dot, general and local-p.</source>
            <translation>从两边理解一个词。可以比较 --attention 的 dot、general 和 local-p。</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>Attention ends the narrow place. One pair at a time on its own output, as loops written by hand do: --batch-pairs 1 --teacher-forcing 0.</source>
            <translation>注意力消除了瓶颈。像手写循环那样一次一个句对、读自己的输出：--batch-pairs 1 --teacher-forcing 0。</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>BLEU 10.7 on everyday sentences after nine minutes of plain SGD, 24.2 of Adam.</source>
            <translation>用普通 SGD 学九分钟，日常句子 BLEU 10.7；用 Adam 则为 24.2。</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>BLEU 12.0 on everyday sentences after nine minutes: a Transformer begins slowly.</source>
            <translation>学九分钟，日常句子 BLEU 12.0：Transformer 起步慢。</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>BLEU 16.3 on everyday sentences after nine minutes.</source>
            <translation>学九分钟，日常句子 BLEU 16.3。</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>BLEU 18.4 on everyday sentences after nine minutes, with twice the others' updates.</source>
            <translation>学九分钟，日常句子 BLEU 18.4，更新次数是别的系统的两倍。</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>BLEU 2.0 on everyday sentences after ten rounds through 10,000 pairs: too few.</source>
            <translation>把一万个句对学十遍，日常句子 BLEU 2.0：句对太少。</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>BLEU 29.6 on everyday sentences after nine minutes.</source>
            <translation>学九分钟，日常句子 BLEU 29.6。</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>BLEU 7.6 on everyday sentences after nine minutes: the largest needs the most time.</source>
            <translation>学九分钟，日常句子 BLEU 7.6：最大的系统最费时间。</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>How much of a large model's quality a small one has in the same time.</source>
            <translation>同样的时间里，小模型能达到大模型几成的质量。</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>Nothing is recurrent: every place is learnt at once, every word looks at every other.</source>
            <translation>没有循环：所有位置同时学习，每个词都看其他的词。</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>The shape of the models that come with the program: a Transformer reads, an LSTM writes.</source>
            <translation>程序自带模型的结构：Transformer 读，LSTM 写。</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>What a decoder need not remember it need not forget; the vector is as narrow as before.</source>
            <translation>解码器不必记的就不会忘；但向量还是一样窄。</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>Where the tutorials' model stands once their mistakes are gone, and what it still lacks: pairs, attention, pieces of words.</source>
            <translation>去掉错误之后教程里的模型能做到什么程度，还缺什么：更多句对、注意力、词片段。</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>a GRU reads both ways, another looks at what it has read; score functions may be changed</source>
            <translation>一个 GRU 双向读，另一个看它读到的内容；打分函数可以更换</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>a vocabulary's size is obeyed, specials included</source>
            <translation>严格遵守词表大小，特殊符号也算在内</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>an LSTM that looks at every source word before it writes one, taught by plain SGD</source>
            <translation>写每个词之前先看遍所有源词的 LSTM，用普通 SGD 训练</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>deep self-attention encoder, recurrent attention decoder</source>
            <translation>深层自注意力编码器，带注意力的循环解码器</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>inputs and targets are the same words one place apart</source>
            <translation>输入和目标是同样的词，只错开一位</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>one LSTM reads, its last state is all that another LSTM writes from</source>
            <translation>一个 LSTM 读，另一个 LSTM 只凭它的末状态写</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>padding has no loss and takes no part in the mean</source>
            <translation>填充不产生损失，也不参与平均</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>pieces of words leave hardly anything unknown</source>
            <translation>用词片段几乎没有未知词</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>self-attention on both sides, over pieces of words</source>
            <translation>两边都用自注意力，以词片段为单位</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>the Chinese-English GRU of many tutorials: jieba and spaCy words, two layers, 10 epochs</source>
            <translation>许多教程里的中英 GRU：jieba 和 spaCy 的词，两层，10 轮</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>the default's shape at a fifth of its size</source>
            <translation>与 default 结构相同，大小为五分之一</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>the last state is that of the last real word, not of the padding behind it</source>
            <translation>末状态是最后一个真实的词的，而不是后面填充的</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>the sentence's vector is there at every step of a two-layer GRU</source>
            <translation>两层 GRU，每一步都能读到句子的向量</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>there is no preset called {name}</source>
            <translation>没有名为 {name} 的预设</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>words that the vocabulary lacks are copied from where attention looks, not said as &lt;unk&gt;</source>
            <translation>词表里没有的词从注意力所看之处照抄，而不是说成 &lt;unk&gt;</translation>
        </message>
        <message>
            <location filename="../../core/training/presets.py" />
            <source>{guess}Give one of {join}.</source>
            <translation>{guess}请从 {join} 中选一个。</translation>
        </message>
        <message>
            <location filename="../../core/training/replay.py" />
            <source>Give a number from 0 to below 1.</source>
            <translation>请填 0 到 1（不含）之间的数。</translation>
        </message>
        <message>
            <location filename="../../core/training/replay.py" />
            <source>the replay share is {share}</source>
            <translation>回放比例为 {share}</translation>
        </message>
        <message>
            <location filename="../../core/training/review.py" />
            <source>comparing before and after</source>
            <translation>正在比较学前与学后</translation>
        </message>
        <message>
            <location filename="../../core/training/run.py" />
            <source>general sentences have become clearly worse; the best state before is kept</source>
            <translation>日常句子明显变差，保留此前的最佳状态</translation>
        </message>
        <message>
            <location filename="../../core/training/run.py" />
            <source>no validation brought anything better, {vain} in a row; the best state is kept</source>
            <translation>连续 {vain} 次验证没有改进，保留最佳状态</translation>
        </message>
        <message>
            <location filename="../../core/training/run.py" />
            <source>saving the model</source>
            <translation>正在保存模型</translation>
        </message>
        <message>
            <location filename="../../core/training/run.py" />
            <source>stopping; the best state so far is kept</source>
            <translation>正在停止，保留至今的最佳状态</translation>
        </message>
        <message>
            <location filename="../../core/training/run.py" />
            <source>{sentence} The best state before that is kept.</source>
            <translation>{sentence}保留此前的最佳状态。</translation>
        </message>
        <message>
            <location filename="../../core/training/run.py" />
            <source>{what}; going on from the best state at half the learning rate, {rate}</source>
            <translation>{what}；从最佳状态以一半的学习率（{rate}）继续</translation>
        </message>
        <message>
            <location filename="../../core/training/run_folder.py" />
            <source>Bring it back, or give it that name again, and go on. Or discard the run.</source>
            <translation>请恢复该模型，或改回这个名称，然后继续；也可以放弃这次训练。</translation>
        </message>
        <message>
            <location filename="../../core/training/run_folder.py" />
            <source>Discard it: attune-cli tune --discard {name}</source>
            <translation>请放弃它：attune-cli tune --discard {name}</translation>
        </message>
        <message>
            <location filename="../../core/training/run_folder.py" />
            <source>Go on with it (attune-cli tune --resume {name}), discard it (attune-cli tune --discard {name_}), or choose another name.</source>
            <translation>请继续它（attune-cli tune --resume {name}）、放弃它（attune-cli tune --discard {name_}），或换一个名称。</translation>
        </message>
        <message>
            <location filename="../../core/training/run_folder.py" />
            <source>Wait for it to end, or choose another name.</source>
            <translation>请等它结束，或换一个名称。</translation>
        </message>
        <message>
            <location filename="../../core/training/run_folder.py" />
            <source>the model {name}, which the run {name_} was teaching, is no longer there</source>
            <translation>训练 {name_} 所教的模型 {name} 已不存在</translation>
        </message>
        <message>
            <location filename="../../core/training/run_folder.py" />
            <source>the unfinished run {name} cannot be read ({error})</source>
            <translation>未完成的训练 {name} 无法读取（{error}）</translation>
        </message>
        <message>
            <location filename="../../core/training/run_folder.py" />
            <source>there is no unfinished run called {name}</source>
            <translation>没有名为 {name} 的未完成训练</translation>
        </message>
        <message>
            <location filename="../../core/training/run_folder.py" />
            <source>{name} is being taught at this moment, in another window or terminal</source>
            <translation>{name} 此刻正在另一个窗口或终端里学习</translation>
        </message>
        <message>
            <location filename="../../core/training/samples/tasks.py" />
            <source>A date as people write it becomes one of ISO 8601: May 3rd, 2021 becomes 2021-05-03.</source>
            <translation>把人们写的日期变成 ISO 8601 格式：May 3rd, 2021 变成 2021-05-03。</translation>
        </message>
        <message>
            <location filename="../../core/training/samples/tasks.py" />
            <source>A made-up word is written backwards: melora becomes arolem.</source>
            <translation>把编造的单词倒着写：melora 变成 arolem。</translation>
        </message>
        <message>
            <location filename="../../core/training/samples/tasks.py" />
            <source>A number in English words is written in digits: two thousand and seven becomes 2007.</source>
            <translation>把英文数词写成数字：two thousand and seven 变成 2007。</translation>
        </message>
        <message>
            <location filename="../../core/training/samples/tasks.py" />
            <source>Ask for fewer.</source>
            <translation>请少要一些。</translation>
        </message>
        <message>
            <location filename="../../core/training/samples/tasks.py" />
            <source>Date normaliser</source>
            <translation>日期规范化</translation>
        </message>
        <message>
            <location filename="../../core/training/samples/tasks.py" />
            <source>Number words to digits</source>
            <translation>数词变数字</translation>
        </message>
        <message>
            <location filename="../../core/training/samples/tasks.py" />
            <source>Word reversal</source>
            <translation>单词反写</translation>
        </message>
        <message>
            <location filename="../../core/training/samples/tasks.py" />
            <source>there is no sample task called {name}</source>
            <translation>没有名为 {name} 的示例任务</translation>
        </message>
        <message>
            <location filename="../../core/training/samples/tasks.py" />
            <source>{name} has hardly more than {len} pairs</source>
            <translation>{name} 的句对不超过 {len} 个左右</translation>
        </message>
        <message>
            <location filename="../../core/training/second_round.py" />
            <source>Give 2 to {beam}, as many as are searched.</source>
            <translation>请给出 2 到 {beam}，最多与搜索到的一样多。</translation>
        </message>
        <message>
            <location filename="../../core/training/second_round.py" />
            <source>Give more than 0, at most 1.</source>
            <translation>请给出大于 0、不超过 1 的数。</translation>
        </message>
        <message>
            <location filename="../../core/training/second_round.py" />
            <location filename="../../core/training/trainer.py" />
            <source>Use a lower learning rate.</source>
            <translation>请用较低的学习率。</translation>
        </message>
        <message>
            <location filename="../../core/training/second_round.py" />
            <source>kept is {kept}</source>
            <translation>kept 是 {kept}</translation>
        </message>
        <message>
            <location filename="../../core/training/second_round.py" />
            <source>share is {share}</source>
            <translation>share 是 {share}</translation>
        </message>
        <message>
            <location filename="../../core/training/second_round.py" />
            <source>the risk is no number</source>
            <translation>风险不是一个数</translation>
        </message>
        <message>
            <location filename="../../core/training/second_round.py" />
            <source>there are too few pairs of {shortest} to {longest} pieces: {round_size}</source>
            <translation>长度为 {shortest} 到 {longest} 个词元的句对太少：{round_size}</translation>
        </message>
        <message>
            <location filename="../../core/training/settling.py" />
            <source>general sentences would become clearly worse; nothing is kept of it</source>
            <translation>日常句子会明显变差，什么都没有保留</translation>
        </message>
        <message>
            <location filename="../../core/training/system.py" />
            <source>It takes effect where {join}.</source>
            <translation>它在以下情况生效：{join}。</translation>
        </message>
        <message>
            <location filename="../../core/training/system.py" />
            <source>there is no option {name}</source>
            <translation>没有选项 {name}</translation>
        </message>
        <message>
            <location filename="../../core/training/system.py" />
            <source>{name} means nothing here</source>
            <translation>{name} 在这里没有意义</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/builder.py" />
            <source>Check that they hold sentences of both languages, source first.</source>
            <translation>请确认每行有两种语言的句子，源语言在前。</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/builder.py" />
            <source>Choose another folder, or delete this one.</source>
            <translation>请选另一个文件夹，或删除这一个。</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/builder.py" />
            <source>Hold out 0 or more.</source>
            <translation>留出数应为 0 或更多。</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/builder.py" />
            <source>Name one at least.</source>
            <translation>请至少给出一个。</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/builder.py" />
            <source>Use 0 or more.</source>
            <translation>请用 0 个或更多。</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/builder.py" />
            <source>checking the pairs and cutting them into words</source>
            <translation>正在检查句对并切词</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/builder.py" />
            <source>learning the vocabularies</source>
            <translation>正在学习词表</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/builder.py" />
            <source>no line is a usable pair ({reasons})</source>
            <translation>没有一行是可用的句对（{reasons}）</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/builder.py" />
            <source>reading the alignments</source>
            <translation>正在读取对齐</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/builder.py" />
            <source>there are no files of pairs</source>
            <translation>没有句对文件</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/builder.py" />
            <source>there is something in this place already</source>
            <translation>这个位置已经有东西了</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/builder.py" />
            <source>writing the tokenised store</source>
            <translation>正在写入切词后的存储</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/builder.py" />
            <source>{held_out} held-out pairs</source>
            <translation>{held_out} 个留出句对</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/builder.py" />
            <source>{len} {units} of the source language learnt</source>
            <translation>学到源语言的 {len} 个{units}</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/builder.py" />
            <source>{len} {units} of the target language learnt</source>
            <translation>学到目标语言的 {len} 个{units}</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/builder.py" />
            <source>{workers} worker processes</source>
            <translation>{workers} 个工作进程</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/cutting.py" />
            <source>Give pairs of the languages to train, or none to have some held out.</source>
            <translation>请给出所训练语言的句对，或不给，由程序自动留出一些。</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/cutting.py" />
            <source>lines checked and cut: {lines}, usable: {len}</source>
            <translation>已检查并切词：{lines} 行，可用 {len} 行</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/cutting.py" />
            <source>no line is a usable pair to validate on</source>
            <translation>没有一行是可用来验证的句对</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/encoding.py" />
            <source>pairs encoded: {chunk}</source>
            <translation>已编码句对：{chunk}</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/inputs.py" />
            <source>Give a file of pairs, or a source file and a target file.</source>
            <translation>请给一个句对文件，或一个源文件和一个目标文件。</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/inputs.py" />
            <source>pairs come from one file or from two</source>
            <translation>句对来自一个文件或两个文件</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/linking.py" />
            <source>Align the words as the store cuts them (they can be kept with it).</source>
            <translation>请按存储的切词方式对齐（可以一并保留）。</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/linking.py" />
            <source>Give a line of links (0-0 1-2 ...) for every line of the pairs, also for unusable ones.</source>
            <translation>请为句对的每一行（包括不可用的）给一行对齐（0-0 1-2 ...）。</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/linking.py" />
            <source>Make it again with --keep-words, or with the alignments.</source>
            <translation>请用 --keep-words 或对齐重新建立。</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/linking.py" />
            <location filename="../../core/training/token_store/store.py" />
            <source>Make the store again from the files of pairs.</source>
            <translation>请从句对文件重新建立存储。</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/linking.py" />
            <source>Write links of words, counted from 0, as in: 0-0 1-2 2-1.</source>
            <translation>请写词的对齐，从 0 数起，如 0-0 1-2 2-1。</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/linking.py" />
            <source>pairs linked: {index}</source>
            <translation>已对齐句对：{index}</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/linking.py" />
            <source>the alignments have {count} lines, the pairs have {lines}</source>
            <translation>对齐有 {count} 行，句对有 {lines} 行</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/linking.py" />
            <source>the link {source}-{target} goes beyond the pair's words ({source_words} and {target_words})</source>
            <translation>对齐 {source}-{target} 超出了句对的词数（{source_words} 和 {target_words}）</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/linking.py" />
            <source>the tokenised store has not kept its words</source>
            <translation>切词后的存储没有保留词</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/linking.py" />
            <source>the words are not those of the pairs</source>
            <translation>这些词不是句对里的词</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/linking.py" />
            <source>this is no list of links</source>
            <translation>这不是对齐列表</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/pool.py" />
            <source>Free some memory, or use fewer processes.</source>
            <translation>请释放一些内存，或少用几个进程。</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/pool.py" />
            <source>a process that cuts text into words was ended from outside (code {code})</source>
            <translation>切词进程被外部结束（代码 {code}）</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/store.py" />
            <source>Use the program that made it, or make it again with this one.</source>
            <translation>请用建立它的程序，或用本程序重新建立。</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/store.py" />
            <source>the tokenised store has format {version}, this program knows {format}</source>
            <translation>切词后的存储格式是 {version}，本程序支持 {format}</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/store.py" />
            <source>the tokenised store is damaged ({error})</source>
            <translation>切词后的存储已损坏（{error}）</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/store.py" />
            <source>there is no finished tokenised store</source>
            <translation>没有完成的切词存储</translation>
        </message>
        <message>
            <location filename="../../core/training/token_store/subwords.py" />
            <source>a vocabulary of {size} entries</source>
            <translation>{size} 个词条的词表</translation>
        </message>
        <message>
            <location filename="../../core/training/train_options.py" />
            <source>epochs is {epochs}</source>
            <translation>epochs 是 {epochs}</translation>
        </message>
        <message>
            <location filename="../../core/training/trainer.py" />
            <source>the loss diverged at update {steps}</source>
            <translation>损失在第 {steps} 次更新时发散</translation>
        </message>
        <message>
            <location filename="../../core/training/tune_options.py" />
            <location filename="../../core/training/vanishing.py" />
            <source>Give some of {join}.</source>
            <translation>可用：{join}。</translation>
        </message>
        <message>
            <location filename="../../core/training/tune_options.py" />
            <source>Leave one free to learn.</source>
            <translation>请至少留一个参与学习。</translation>
        </message>
        <message>
            <location filename="../../core/training/tune_options.py" />
            <source>distil is {distil}</source>
            <translation>蒸馏比例为 {distil}</translation>
        </message>
        <message>
            <location filename="../../core/training/tune_options.py" />
            <source>every part is frozen</source>
            <translation>所有部分都冻结了</translation>
        </message>
        <message>
            <location filename="../../core/training/tune_options.py" />
            <source>there is no part {name} to freeze</source>
            <translation>没有可冻结的部分 {name}</translation>
        </message>
        <message>
            <location filename="../../core/training/tune_options.py" />
            <source>there is no strength {strength}</source>
            <translation>没有强度 {strength}</translation>
        </message>
        <message>
            <location filename="../../core/training/tuning.py" />
            <source>Change the sentence or its translation.</source>
            <translation>请修改句子或它的译文。</translation>
        </message>
        <message>
            <location filename="../../core/training/tuning.py" />
            <source>Give a file with pairs to validate on.</source>
            <translation>请选择含有验证句对的文件。</translation>
        </message>
        <message>
            <location filename="../../core/training/tuning.py" />
            <source>Give at least one good pair: a sentence, a tab, its translation.</source>
            <translation>请至少给一个可用句对：句子、制表符、译文。</translation>
        </message>
        <message>
            <location filename="../../core/training/tuning.py" />
            <source>Give {lesson_pairs} at most, or tune without --lesson.</source>
            <translation>最多 {lesson_pairs} 个，或不用 --lesson 微调。</translation>
        </message>
        <message>
            <location filename="../../core/training/tuning.py" />
            <source>Train on with train --from; or teach another model.</source>
            <translation>请用 train --from 继续训练，或教另一个模型。</translation>
        </message>
        <message>
            <location filename="../../core/training/tuning.py" />
            <source>a lesson of {len} sentences is too long</source>
            <translation>一课有 {len} 个句子，太长了</translation>
        </message>
        <message>
            <location filename="../../core/training/tuning.py" />
            <source>checking the pairs</source>
            <translation>正在检查句对</translation>
        </message>
        <message>
            <location filename="../../core/training/tuning.py" />
            <source>loading the model</source>
            <translation>正在载入模型</translation>
        </message>
        <message>
            <location filename="../../core/training/tuning.py" />
            <source>no line is a usable pair</source>
            <translation>没有一行是可用的句对</translation>
        </message>
        <message>
            <location filename="../../core/training/tuning.py" />
            <source>the model {base} does not translate between Chinese and English, so there are no sentences at hand that keep it from forgetting</source>
            <translation>模型 {base} 不是中英翻译模型，因此没有现成的句子防止它遗忘</translation>
        </message>
        <message>
            <location filename="../../core/training/tuning.py" />
            <source>the sentence cannot be learnt ({reason})</source>
            <translation>这个句子无法学习（{reason}）</translation>
        </message>
        <message>
            <location filename="../../core/training/validation.py" />
            <source>no held-out pair has any words</source>
            <translation>留出的句对都没有词</translation>
        </message>
        <message>
            <location filename="../../core/training/vanishing.py" />
            <source>Give 1 or more.</source>
            <translation>请给 1 或更大的数。</translation>
        </message>
        <message>
            <location filename="../../core/training/vanishing.py" />
            <source>there is no cell {cell}</source>
            <translation>没有单元 {cell}</translation>
        </message>
        <message>
            <location filename="../../core/training/vanishing.py" />
            <source>{cell}: {symbols} symbols over a gap of {gap}</source>
            <translation>{cell}：隔 {gap} 步记住 {symbols} 个符号</translation>
        </message>
        <message>
            <location filename="../../core/translation/confidence.py" />
            <source>Install the program again.</source>
            <translation>请重新安装本程序。</translation>
        </message>
        <message>
            <location filename="../../core/translation/confidence.py" />
            <source>the calibration cannot be read ({error})</source>
            <translation>校准数据无法读取（{error}）</translation>
        </message>
        <message>
            <location filename="../../core/translation/confidence.py" />
            <source>the calibration makes no sense (temperature {temperature})</source>
            <translation>校准数据不合理（温度 {temperature}）</translation>
        </message>
        <message>
            <location filename="../../core/translation/lines.py" />
            <source>Put each sentence on a line of its own.</source>
            <translation>请每句单独一行。</translation>
        </message>
        <message>
            <location filename="../../core/translation/lines.py" />
            <source>line {number}</source>
            <translation>第 {number} 行</translation>
        </message>
        <message>
            <location filename="../../core/translation/lines.py" />
            <source>{sources} words by {targets} are too many to align</source>
            <translation>{sources} 个词对 {targets} 个词，太多而无法对齐</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>BLEU before</source>
            <translation>BLEU（之前）</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>Before and after</source>
            <translation>前后对比</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>Cross-entropy of a piece of a word, in nats; general: a mean of sentences' means. Lower is better.</source>
            <translation>每个子词的交叉熵，单位为奈特；“日常”是各句平均值的平均。越低越好。</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>Loss by update</source>
            <translation>各次更新的损失</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>Options</source>
            <translation>选项</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>Scores</source>
            <translation>得分</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>Trained on</source>
            <translation>训练数据</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>What changed most for better</source>
            <translation>变好最多的句子</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>What changed most for worse</source>
            <translation>变差最多的句子</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>after</source>
            <translation>之后</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>after:</source>
            <translation>之后：</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>before:</source>
            <translation>之前：</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>better</source>
            <translation>更好</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>chrF before</source>
            <translation>chrF（之前）</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>may be chance</source>
            <translation>可能是偶然</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>receipt</source>
            <translation>训练记录</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>sentences</source>
            <translation>句数</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>test set</source>
            <translation>测试集</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>too few to tell</source>
            <translation>太少，无法判断</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>wanted:</source>
            <translation>参考：</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>worse</source>
            <translation>更差</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>{number} million weights</source>
            <translation>{number} 百万个权重</translation>
        </message>
        <message>
            <location filename="../../resources/templates/receipt.html.jinja" />
            <source>± is half of a 95 % interval (bootstrap). The last column is a paired test of chrF.</source>
            <translation>± 是 95 % 区间（自助法）的一半。最后一列是 chrF 的配对检验。</translation>
        </message>
    </context>
</TS>
